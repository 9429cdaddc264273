//! Counts words, from any number of processes at once:
//! `cargo run -p redis-collections-examples --example word_count -- FILE …`.
//!
//! Without a file it counts the words of this program.

use std::{env, fs};

use redis_collections::{Counter, Error, Store, Tally};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = Store::connect()?;
    let words: Counter<String> = Counter::open(&store, "word_count:words");
    let files: Vec<String> = env::args().skip(1).collect();

    if files.is_empty() {
        count(&words, include_str!("word_count.rs"))?;
    }
    for file in files {
        let text =
            fs::read_to_string(&file).map_err(|error| format!("cannot read `{file}`: {error}"))?;
        count(&words, &text)?;
    }

    println!(
        "{} words so far, {} of them different; run it again to add more",
        words.total()?,
        words.len()?
    );
    for (word, times) in words.most_common(10)? {
        println!("{times:>6}  {word}");
    }
    Ok(())
}

/// Counts in memory first, then adds all counts in one round trip. No counts of other processes are lost.
fn count(words: &Counter<String>, text: &str) -> Result<(), Error> {
    let tally: Tally<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.add_all(&tally) // HINCRBY for each word, in one script
}
