//! What bytes may do to a program that reads them: give a value or an error, and nothing else.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU32;
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use redis_collections::{Bincode, Codec, Encode, Error, MAX_VALUE_LEN};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Player {
    name: String,
    letter: char,
    wins: Option<NonZeroU32>,
    path: Vec<(f32, f32)>,
    bag: HashMap<String, Item>,
    log: BTreeMap<u16, Vec<u8>>,
}

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Item {
    Coin,
    Gem(bool),
    Ring(i128, Box<Option<Item>>),
    Book { title: String, pages: Vec<String> },
}

#[derive(Serialize, Deserialize, Debug)]
enum Chain {
    End,
    Link(Box<Chain>),
}

#[derive(Serialize, Deserialize)]
struct Node {
    next: Option<Box<Node>>,
}

#[derive(Serialize, Deserialize)]
struct Nest(Vec<Nest>);

#[derive(Serialize, Deserialize)]
struct Endless(Box<Endless>);

#[derive(Serialize, Deserialize)]
struct Heavy {
    load: [[u64; 32]; 8],
    next: Option<Box<Heavy>>,
}

fn encoded<T: Serialize + 'static>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    Bincode::encode(value, &mut bytes).unwrap();
    bytes
}

fn decoded<T: Serialize + DeserializeOwned + 'static>(bytes: &[u8]) -> Result<T, Error> {
    Bincode::decode(bytes)
}

#[track_caller]
fn refusal<T: Serialize + DeserializeOwned + 'static>(bytes: &[u8]) -> String {
    match decoded::<T>(bytes) {
        Err(Error::Decode { codec: "bincode", len, reason, .. }) if len == bytes.len() => reason,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was read"),
    }
}

fn ada() -> Player {
    Player {
        name: "Ada".into(),
        letter: 'ß',
        wins: NonZeroU32::new(7),
        path: vec![(1.5, -2.0), (0.0, f32::MAX)],
        bag: HashMap::from([
            ("coin".into(), Item::Coin),
            ("ring".into(), Item::Ring(-9, Box::new(Some(Item::Gem(true))))),
            ("book".into(), Item::Book { title: "On".into(), pages: vec![String::new(); 3] }),
        ]),
        log: BTreeMap::from([(300, vec![1, 2, 3]), (1, vec![])]),
    }
}

/// A length of 2^64 - 1, as bincode writes it.
const ENDLESS: [u8; 9] = [253, 255, 255, 255, 255, 255, 255, 255, 255];

/// A length of 16 GiB.
const HUGE: [u8; 9] = [253, 0, 0, 0, 0, 4, 0, 0, 0];

#[test]
fn a_value_is_read_back() {
    assert_eq!(decoded::<Player>(&encoded(&ada())).unwrap(), ada());
}

#[test]
fn bytes_that_are_left_over_are_refused() {
    assert_eq!(refusal::<u32>(&[1, 2, 3]), "expected a length of 1, found 3");
    assert_eq!(refusal::<Vec<u8>>(&[1, 2, 3]), "expected a length of 2, found 3");
    assert_eq!(refusal::<()>(&[0]), "expected a length of 0, found 1");
}

#[test]
fn no_beginning_of_a_value_is_a_value() {
    let bytes = encoded(&ada());

    for end in 0..bytes.len() {
        assert_eq!(refusal::<Player>(&bytes[..end]), "expected more bytes, found the end");
    }
}

#[test]
fn lengths_that_lie_are_refused() {
    for lie in [ENDLESS, HUGE] {
        assert_eq!(refusal::<String>(&lie), "expected more bytes, found the end");
        assert_eq!(refusal::<Vec<u8>>(&lie), "expected more bytes, found the end");
        assert!(refusal::<Vec<u64>>(&lie).contains("memory"));
        assert!(refusal::<HashMap<String, String>>(&lie).contains("memory"));
        assert!(refusal::<Vec<Vec<String>>>(&[[1].as_slice(), &lie].concat()).contains("memory"));
    }
}

/// Address space is counted for a whole process, so the test runs again alone in one of its own.
#[test]
#[cfg(target_os = "linux")]
fn a_length_that_lies_allocates_nothing() {
    if env::var_os("ALONE").is_none() {
        let mut alone = process::Command::new(env::current_exe().unwrap());
        alone.args(["--exact", "a_length_that_lies_allocates_nothing"]).env("ALONE", "1");
        let output = alone.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        return;
    }
    let near = [&[252, 0, 0, 0, 2], b"short".as_slice()].concat();
    drop(refusal::<String>(&ENDLESS));
    let before = peak_of_memory();

    lengths_that_lie_are_refused();
    drop((refusal::<String>(&near), refusal::<Vec<u8>>(&near), refusal::<Vec<u64>>(&near)));
    assert!(peak_of_memory() - before < 2048, "KiB");
}

/// The most address space that this process ever had, in KiB.
fn peak_of_memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmPeak:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn elements_without_bytes_do_not_loop_forever() {
    let started = Instant::now();

    assert!(refusal::<Vec<()>>(&ENDLESS).contains("memory"));
    assert!(refusal::<Vec<[u8; 0]>>(&ENDLESS).contains("memory"));
    assert!(started.elapsed() < Duration::from_millis(200));
}

const TOO_DEEP: &str = "expected at most 128 levels of nesting, found more";

#[test]
fn a_nest_of_100_000_is_refused_and_not_a_stack_overflow() {
    let small = thread::Builder::new().stack_size(2 * 1024 * 1024);
    let deep = || {
        let bytes = vec![1; 100_000];
        let heavy = [vec![0; 256], vec![1]].concat().repeat(1_000);
        assert_eq!(refusal::<Chain>(&bytes), TOO_DEEP);
        assert_eq!(refusal::<Node>(&bytes), TOO_DEEP);
        assert_eq!(refusal::<Nest>(&bytes), TOO_DEEP);
        assert_eq!(refusal::<Endless>(&[]), TOO_DEEP);
        assert_eq!(refusal::<Heavy>(&heavy), TOO_DEEP);
    };

    small.spawn(deep).unwrap().join().unwrap();
}

#[test]
fn a_nest_of_128_is_read() {
    let nest = |links: usize| [vec![1; links], vec![0]].concat();

    assert!(decoded::<Chain>(&nest(127)).is_ok());
    assert!(decoded::<Chain>(&nest(128)).is_err());
}

#[test]
fn bytes_that_grow_beyond_measure_are_refused() {
    type Sparse = Option<[u64; 32]>;
    let none = [[252, 0, 0, 16, 0].as_slice(), &vec![0; 1 << 20]].concat();

    assert!(refusal::<Vec<Sparse>>(&none).contains("memory"));
    assert!(refusal::<Vec<Box<Sparse>>>(&none).contains("memory"));
}

#[test]
fn bytes_that_grow_as_values_do_are_read() {
    let empty = vec![(String::new(), None::<String>, HashMap::<u8, u8>::new()); 100_000];
    let sparse = vec![None::<[u64; 32]>; 100_000];

    assert_eq!(
        decoded::<Vec<(String, Option<String>, HashMap<u8, u8>)>>(&encoded(&empty)).unwrap(),
        empty
    );
    assert_eq!(decoded::<Vec<Option<[u64; 32]>>>(&encoded(&sparse)).unwrap(), sparse);
    assert_eq!(decoded::<Vec<()>>(&encoded(&vec![(); 10_000])).unwrap().len(), 10_000);
}

#[test]
fn a_value_that_is_too_long_is_refused() {
    let reason = refusal::<()>(&vec![0; MAX_VALUE_LEN + 1]);

    assert_eq!(reason, "expected at most 67108864 bytes, found 67108865");
}

#[test]
fn a_refusal_says_what_was_expected_and_shows_no_value() {
    assert_eq!(refusal::<NonZeroU32>(&[0]), "expected a nonzero u32, found another value");
    assert_eq!(refusal::<Item>(&[77]), "expected variant index 0 <= i < 4, found another value");
    assert_eq!(refusal::<bool>(&[77]), "expected a `bool`, found a byte other than 0 and 1");
    assert_eq!(refusal::<String>(&[1, 0xff]), "expected a string, found bytes that are not UTF-8");
    assert_eq!(
        refusal::<u16>(&[252, 77, 77, 77, 77]),
        "expected an integer as wide as U16, found U32"
    );
}

#[test]
fn types_that_describe_themselves_are_refused() {
    #[derive(Serialize, Deserialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        Only { level: u8 },
    }
    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Untagged {
        Only(u8),
    }

    assert!(refusal::<Tagged>(&encoded(&Tagged::Only { level: 1 })).contains("`tag`"));
    assert!(refusal::<Untagged>(&encoded(&Untagged::Only(1))).contains("`untagged`"));
}

#[test]
fn a_flattened_struct_is_not_written() {
    #[derive(Serialize, Deserialize)]
    struct Flat {
        #[serde(flatten)]
        rest: BTreeMap<String, u8>,
    }
    let flat = Flat { rest: BTreeMap::new() };

    let error = Bincode::encode(&flat, &mut Vec::new()).unwrap_err();
    assert!(
        matches!(error, Error::Encode { codec: "bincode", reason, .. } if reason.contains("`flatten`"))
    );
}

#[test]
fn a_million_flipped_bits_give_values_or_errors() {
    let seed = env::var("SEED").map_or_else(|_| process::id().into(), |seed| seed.parse().unwrap());
    println!("SEED={seed}");
    let mut random = Random(seed);

    flip(&ada(), 400_000, &mut random);
    flip(&vec![Item::Gem(false), Item::Ring(1 << 100, Box::new(None))], 200_000, &mut random);
    flip(&vec!["ab".to_string(), "ßß".to_string()], 200_000, &mut random);
    flip(&(1_u64, -5_i16, 'x', vec![(); 5], [Some(2.5_f64), None]), 200_000, &mut random);
}

fn flip<T: Serialize + DeserializeOwned + 'static>(value: &T, times: usize, random: &mut Random) {
    let honest = encoded(value);
    for _ in 0..times {
        let mut bytes = honest.clone();
        for _ in 0..=random.below(3) {
            let at = random.below(bytes.len());
            bytes[at] ^= 1 << random.below(8);
        }
        match decoded::<T>(&bytes) {
            Ok(read) => drop(encoded(&read)),
            Err(error) => assert!(matches!(error, Error::Decode { .. })),
        }
    }
}

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }
}
