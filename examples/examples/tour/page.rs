//! Prints titles, tables, bars and numbers, on a page of 80 columns.

use comfy_table::{CellAlignment, Table, TableComponent, presets};
use console::style;
use indicatif::HumanCount;

/// Prints a title, and the calls that the following lines come from.
pub(crate) fn title(title: &str, calls: &str) {
    println!("\n {}  {}", style(title).bold().cyan(), style(calls).dim());
}

/// Prints a table; the columns in `numbers` are aligned right.
pub(crate) fn table<const N: usize>(head: [&str; N], rows: Vec<[String; N]>, numbers: &[usize]) {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_header(head)
        .add_rows(rows);
    for &number in numbers {
        if let Some(column) = table.column_mut(number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    println!("{}", table.trim_fmt());
}

/// Prints a line beneath a title.
pub(crate) fn line(text: impl AsRef<str>) {
    println!(" {}", text.as_ref());
}

/// A number with separators: `15,801`.
pub(crate) fn number(number: impl TryInto<u64>) -> String {
    HumanCount(number.try_into().unwrap_or_default()).to_string()
}

/// A bar for the share of `part` in `whole`, of at most `width` columns.
pub(crate) fn bar(part: i64, whole: i64, width: i64) -> String {
    let width = usize::try_from(part * width / whole.max(1)).unwrap_or_default();
    "█".repeat(width.max(1))
}

/// A small chart of the numbers, in at most `width` columns: `▂▄▆█`.
pub(crate) fn course(numbers: &[u32], width: usize) -> String {
    let steps = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let (Some(&low), Some(&high)) = (numbers.iter().min(), numbers.iter().max()) else {
        return String::new();
    };
    let columns = width.min(numbers.len());
    (1..=columns)
        .map(|column| numbers[column * numbers.len() / columns - 1])
        .map(|number| match high - low {
            0 => steps[3],
            range => steps[((number - low) * 7 / range) as usize],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_rises_with_its_numbers() {
        assert_eq!(course(&[10, 20, 80], 8), "▁▂█");
        assert_eq!(course(&[5, 5], 8), "▄▄");
        assert_eq!(course(&(0..100).collect::<Vec<_>>(), 4), "▂▄▆█");
        assert_eq!(course(&[], 8), "");
    }

    #[test]
    fn a_bar_is_never_empty() {
        assert_eq!(bar(10, 10, 4), "████");
        assert_eq!(bar(1, 1000, 4), "█");
    }

    #[test]
    fn a_number_has_separators() {
        assert_eq!(number(15_801_usize), "15,801");
    }
}
