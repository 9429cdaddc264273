//! [`rows`]: the lines of a table of tab-separated values.

use crate::Result;

/// Reads a table whose first line names the `columns`, and calls `read` with each later line.
pub(crate) fn rows<T, const N: usize>(
    table: &'static str,
    columns: [&str; N],
    read: impl Fn([&'static str; N]) -> Option<T>,
) -> Result<Vec<T>> {
    let mut lines = table.lines();
    let names = columns.join("\t");
    match lines.next() {
        Some(found) if found == names => {}
        found => return Err(format!("expected a table of `{names}`, found `{found:?}`").into()),
    }
    (2..)
        .zip(lines)
        .map(|(number, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            let row = cells.try_into().ok().and_then(&read);
            row.ok_or_else(|| format!("cannot read line {number} of `{names}`: `{line}`").into())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(table: &'static str) -> Result<Vec<(String, u32)>> {
        rows(table, ["name", "age"], |[name, age]| Some((name.into(), age.parse().ok()?)))
    }

    #[test]
    fn each_line_after_the_names_is_a_row() {
        let read = pairs("name\tage\nada\t36\nbob\t7\n").unwrap();

        assert_eq!(read, [("ada".into(), 36), ("bob".into(), 7)]);
    }

    #[test]
    fn a_bad_line_is_refused_with_its_number() {
        let error = pairs("name\tage\nada\t36\nbob\n").unwrap_err();

        assert_eq!(error.to_string(), "cannot read line 3 of `name\tage`: `bob`");
    }

    #[test]
    fn other_names_are_refused() {
        let error = pairs("name\nada\n").unwrap_err();

        assert!(error.to_string().starts_with("expected a table of `name\tage`"), "{error}");
    }
}
