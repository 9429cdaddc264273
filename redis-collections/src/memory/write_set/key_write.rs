//! [`KeyWrite`]: what to do with one key, and its arguments.

use std::fmt;

use redis::{Arg, Cmd, ToRedisArgs};

use crate::{
    command::{Key, Request},
    memory::write_set::Operation,
};

/// What to do with one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteKind {
    /// Sets fields of a hash, and deletes others.
    Hash,
    /// Adds members to a set, and removes others.
    Set,
    /// Sets scores in a sorted set, and removes members.
    SortedSet,
    /// Increments counts in a hash.
    Count,
    /// Takes elements from the ends of a list, and adds others there.
    Ends,
    /// Puts other elements into a list, if it is as it was loaded.
    Swap,
    /// Puts something else at the key, whatever is there.
    Replace,
    /// Makes no change, but allows those of the other sections only if entries are as they were.
    Expect,
    /// Sees to it that operations will not be made from now on.
    Forget,
    /// The same, and tells of each whether it was made.
    Settle,
}

impl WriteKind {
    /// Whether state and answer are the same when it is repeated.
    pub fn is_repeatable(self) -> bool {
        !matches!(self, WriteKind::Count | WriteKind::Ends | WriteKind::Swap)
    }

    /// The word by which the script knows it, and the kind of its entries.
    pub fn word(self) -> &'static str {
        match self {
            WriteKind::Hash => "hash",
            WriteKind::Set => "set",
            WriteKind::SortedSet => "zset",
            WriteKind::Count => "count",
            WriteKind::Ends => "ends",
            WriteKind::Swap => "swap",
            WriteKind::Replace => "replace",
            WriteKind::Expect => "expect",
            WriteKind::Forget => "forget",
            WriteKind::Settle => "settle",
        }
    }
}

/// What to do with one key, and the arguments of that.
pub(super) struct KeyWrite {
    pub(super) kind: WriteKind,
    /// The position of its key among the keys, counted from 1 as Lua counts.
    pub(super) key: usize,
    /// Which operation it is a part of, and from which it starts.
    pub(super) operation: Option<(Operation, Option<Operation>)>,
    pub(super) args: Cmd,
}

impl KeyWrite {
    /// `kind` on the key at this position.
    pub(super) fn new(kind: WriteKind, key: usize) -> Self {
        KeyWrite { kind, key, operation: None, args: Cmd::new() }
    }

    /// Whether the server has to know the operations for it.
    pub(super) fn needs_operations(&self) -> bool {
        self.operation.is_some() || matches!(self.kind, WriteKind::Forget | WriteKind::Settle)
    }

    /// Gives all its words to `take`, one after another.
    pub(super) fn words(&self, take: impl FnMut(&[u8])) {
        let (id, base) = match &self.operation {
            Some((operation, base)) => (operation.id(), base.as_ref().map_or("", Operation::id)),
            None => ("", ""),
        };
        let mut head = Cmd::new();
        head.arg(self.kind.word()).arg(self.key).arg(id).arg(base);
        head.arg(self.args.args_iter().len());
        head.args_iter().chain(self.args.args_iter()).filter_map(bytes).for_each(take);
    }

    /// Adds a word or a number.
    pub(super) fn arg(&mut self, arg: impl ToRedisArgs) {
        self.args.arg(arg);
    }

    /// The command that does the same, if one does: it only sets entries, or only removes them.
    pub(super) fn command(&self, key: &Key) -> Option<Request> {
        let (set, remove, width) = match self.kind {
            WriteKind::Hash => ("HSET", "HDEL", 2),
            WriteKind::Set => ("SADD", "SREM", 1),
            WriteKind::SortedSet => ("ZADD", "ZREM", 2),
            _ => return None,
        };
        let mut words = self.args.args_iter().filter_map(bytes);
        let count: usize = str::from_utf8(words.next()?).ok()?.parse().ok()?;
        let command = match self.args.args_iter().len() - 1 {
            rest if rest == width * count => set,
            _ if count == 0 => remove,
            _ => return None,
        };
        let mut request = Request::idempotent(command, key);
        words.for_each(|word| request.push(word));
        Some(request)
    }

    /// How many words its arguments are, and about how many bytes.
    pub(super) fn size(&self) -> (usize, usize) {
        let bytes = self.args.args_iter().filter_map(bytes).map(<[u8]>::len);
        (self.args.args_iter().len(), bytes.sum())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is what the iterator gives")]
fn bytes(word: Arg<&[u8]>) -> Option<&[u8]> {
    match word {
        Arg::Simple(bytes) => Some(bytes),
        _ => None,
    }
}

/// Without the arguments, which hold what is stored.
impl fmt::Debug for KeyWrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyWrite").field("kind", &self.kind).finish_non_exhaustive()
    }
}
