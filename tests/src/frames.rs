//! [`Frames`]: where one command or reply ends, and the next begins.

/// The bytes of one direction of a connection, cut into whole values of the protocol.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    /// What has come of the value that is not complete.
    rest: Vec<u8>,
}

/// One command or reply.
#[derive(Debug)]
pub(crate) struct Frame(Vec<u8>);

impl Frames {
    /// Takes more bytes, and returns the commands or replies that are complete with them.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> Vec<Frame> {
        self.rest.extend(bytes);
        let (mut start, mut complete) = (0, Vec::new());
        while let Some(len) = len(&self.rest[start..]) {
            complete.push(Frame(self.rest[start..start + len].to_vec()));
            start += len;
        }
        self.rest.drain(..start);
        complete
    }

    /// Whether the last value is complete.
    pub(crate) fn is_complete(&self) -> bool {
        self.rest.is_empty()
    }
}

impl Frame {
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether a server pushes it, and owes it to no command.
    pub(crate) fn is_pushed(&self) -> bool {
        self.0[0] == b'>'
    }

    /// Whether it is a command that a client sends for itself when it connects.
    pub(crate) fn is_greeting(&self) -> bool {
        // The third line of a command is its name.
        let name = self.0.split(|byte| *byte == b'\n').nth(2).unwrap_or_default().trim_ascii();
        let greetings: [&[u8]; 4] = [b"HELLO", b"AUTH", b"SELECT", b"CLIENT"];
        greetings.iter().any(|greeting| name.eq_ignore_ascii_case(greeting))
    }
}

/// How long the first value is, if all of it is there.
fn len(bytes: &[u8]) -> Option<usize> {
    let line = 2 + bytes.windows(2).position(|end| end == b"\r\n")?;
    // A length below zero stands for nil.
    let count = str::from_utf8(&bytes[1..line - 2]).ok().and_then(|text| text.parse().ok());
    match bytes[0] {
        b'$' | b'=' | b'!' => text(bytes, line, count),
        b'*' | b'~' | b'>' => parts(bytes, line, count.unwrap_or(0)),
        b'%' => parts(bytes, line, 2 * count.unwrap_or(0)),
        // What is said about a value stands before it.
        b'|' => parts(bytes, line, 2 * count.unwrap_or(0) + 1),
        _ => Some(line),
    }
}

fn text(bytes: &[u8], line: usize, count: Option<usize>) -> Option<usize> {
    let end = count.map_or(line, |count| line + count + 2);
    (end <= bytes.len()).then_some(end)
}

fn parts(bytes: &[u8], line: usize, count: usize) -> Option<usize> {
    (0..count).try_fold(line, |at, _| Some(at + len(&bytes[at..])?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_where_its_last_part_ends() {
        let all = b"*2\r\n$3\r\nGET\r\n$-1\r\n%1\r\n+a\r\n*-1\r\n_\r\n|1\r\n+b\r\n#t\r\n:5\r\n=3\r\na\r\n\r\n";

        for cut in 0..all.len() {
            let mut frames = Frames::default();
            let frames_of = [frames.take(&all[..cut]), frames.take(&all[cut..])];
            let whole: Vec<u8> =
                frames_of.iter().flatten().flat_map(Frame::bytes).copied().collect();
            assert_eq!(frames_of.iter().flatten().count(), 5);
            assert!(frames.is_complete() && whole == all);
        }
    }

    #[test]
    fn what_is_pushed_is_no_reply() {
        let mut frames = Frames::default();

        let complete = frames.take(b">2\r\n+invalidate\r\n_\r\n+OK\r\n$5\r\nhel");

        assert_eq!(complete.iter().map(Frame::is_pushed).collect::<Vec<_>>(), [true, false]);
        assert!(!frames.is_complete());
    }

    #[test]
    fn what_a_client_says_of_itself_is_a_greeting() {
        let commands = b"*2\r\n$6\r\nclient\r\n$2\r\nID\r\n*2\r\n$3\r\nGET\r\n$6\r\nCLIENT\r\n";

        let frames = Frames::default().take(commands);

        assert_eq!(frames.iter().map(Frame::is_greeting).collect::<Vec<_>>(), [true, false]);
    }
}
