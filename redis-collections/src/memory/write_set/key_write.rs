//! [`KeyWrite`]: a change of one key, and its form on the wire.
//!
//! The sync script gets the changes of any number of keys, one after another. Each is a *key write*:
//! its kind, the position of its key among KEYS, the operation that it is a part of and the operation
//! that it builds on (each empty if there is none), the number of its arguments, and its arguments.
//! `sync/arguments.lua` splits these words; what each kind does with its arguments is in the file that
//! the table names. [`Edit`](super::Edit) adds the
//! arguments. These files change together.
//!
//! | kind | arguments | decoded in |
//! |---|---|---|
//! | `hash` | number of fields to set; (field, value) …; field to delete … | `sync/actions.lua` |
//! | `set` | number of members to add; member …; member to remove … | `sync/actions.lua` |
//! | `zset` | number of scores to set; (score, member) …; member to remove … | `sync/actions.lua` |
//! | `count` | number of counts that stay; (field, increment) …; (field, increment) that is deleted at 0 … | `sync/actions.lua` |
//! | `ends` | the words of [`ListEnds`]; element to add … | `sync/checks.lua` |
//! | `swap` | digest of the loaded list; maximum length or -1; element … | `sync/actions.lua` |
//! | `replace` | content; the words of the command that fills a key with it … | `sync/actions.lua` |
//! | `expect` | kind; (field, number of digests, digest …) … | `sync/checks.lua` |
//! | `forget`, `settle` | operation … | `sync/actions.lua` |

use std::fmt;

use redis::{Arg, Cmd};

use super::{Fingerprint, Operation};
use crate::command::{Key, Request};

/// What a key write does to its key.
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
    /// Removes elements from the ends of a list, and adds others there.
    Ends,
    /// Replaces the elements of a list that has not changed since it was loaded.
    Swap,
    /// Replaces the content of the key.
    Replace,
    /// Changes nothing. The other key writes are refused unless the entries are as expected.
    Expect,
    /// Refuses operations from now on.
    Forget,
    /// Refuses operations from now on, and returns whether each was made.
    Settle,
}

impl WriteKind {
    /// Returns whether a repetition leaves the same state and reply.
    pub fn is_repeatable(self) -> bool {
        !matches!(self, WriteKind::Count | WriteKind::Ends | WriteKind::Swap)
    }

    /// Returns the script's word for it.
    pub(super) fn word(self) -> &'static str {
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

    /// Returns whether the arguments begin with the number of entries that are set.
    fn is_counted(self) -> bool {
        use WriteKind::{Count, Hash, Set, SortedSet};
        matches!(self, Hash | Set | SortedSet | Count)
    }
}

/// What a replaced key holds afterwards.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Content {
    /// Fields and values.
    Hash,
    /// Things and their counts.
    Counts,
    /// Members.
    Set,
    /// Scores and members.
    SortedSet,
    /// Longitudes, latitudes and places.
    Places,
    /// Elements.
    List,
    /// Elements of a deque with a maximum length. The reply is the whole list.
    BoundedList,
}

impl Content {
    /// Returns the script's word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Content::Hash => "hash",
            Content::Counts => "count",
            Content::Set => "set",
            Content::SortedSet => "zset",
            Content::Places => "geo",
            Content::List => "list",
            Content::BoundedList => "bounded",
        }
    }
}

/// A change of the ends of a list, apart from the elements that it adds.
pub(crate) struct ListEnds<'l> {
    /// All elements, if the list must not have changed at all.
    pub(crate) unchanged: Option<&'l [Fingerprint]>,
    /// The maximum length.
    pub(crate) maxlen: Option<usize>,
    /// How many elements are kept, if the reply may be empty when nothing else has changed.
    pub(crate) kept: Option<usize>,
    /// The elements that are removed at the front and at the back.
    pub(crate) removed: [&'l [Fingerprint]; 2],
    /// As many of the first and of the last kept elements, by which a change is noticed.
    pub(crate) probes: [&'l [Fingerprint]; 2],
    /// How many of the added elements go to the front. The others go to the back.
    pub(crate) before: usize,
}

/// A change of one key.
pub(super) struct KeyWrite {
    pub(super) kind: WriteKind,
    /// The position of its key among the keys, counted from 1 as in Lua.
    pub(super) key: usize,
    /// The operation that it is a part of, and the one that it builds on.
    pub(super) operation: Option<(Operation, Option<Operation>)>,
    /// How many entries `args` sets.
    pub(super) entries: usize,
    pub(super) args: Cmd,
    /// The arguments after `args`, which remove entries.
    pub(super) removed: Cmd,
}

impl KeyWrite {
    /// A change of the key at this position, without arguments.
    pub(super) fn new(kind: WriteKind, key: usize) -> Self {
        KeyWrite { kind, key, operation: None, entries: 0, args: Cmd::new(), removed: Cmd::new() }
    }

    /// Returns whether the script needs the key of the operations for it.
    pub(super) fn needs_operations(&self) -> bool {
        self.operation.is_some() || matches!(self.kind, WriteKind::Forget | WriteKind::Settle)
    }

    /// Passes its words to `take`, one after another.
    pub(super) fn words(&self, take: impl FnMut(&[u8])) {
        let (id, base) = match &self.operation {
            Some((operation, base)) => (operation.id(), base.as_ref().map_or("", Operation::id)),
            None => ("", ""),
        };
        let mut head = Cmd::new();
        head.arg(self.kind.word()).arg(self.key).arg(id).arg(base).arg(self.size().0);
        if self.kind.is_counted() {
            head.arg(self.entries);
        }
        let args = self.args.args_iter().chain(self.removed.args_iter());
        head.args_iter().chain(args).filter_map(bytes).for_each(take);
    }

    /// Returns the command that does the same, if it only sets entries or only removes them.
    pub(super) fn command(&self, key: &Key) -> Option<Request> {
        let (set, remove) = match self.kind {
            WriteKind::Hash => ("HSET", "HDEL"),
            WriteKind::Set => ("SADD", "SREM"),
            WriteKind::SortedSet => ("ZADD", "ZREM"),
            _ => return None,
        };
        let (command, args) = match (self.args.args_iter().len(), self.removed.args_iter().len()) {
            (_, 0) => (set, &self.args),
            (0, _) => (remove, &self.removed),
            _ => return None,
        };
        let mut request = Request::idempotent(command, key);
        args.args_iter().filter_map(bytes).for_each(|word| request.push(word));
        Some(request)
    }

    /// Returns the number of arguments, and about how many bytes they have.
    pub(super) fn size(&self) -> (usize, usize) {
        let args = || self.args.args_iter().chain(self.removed.args_iter());
        let count = self.args.args_iter().len() + self.removed.args_iter().len();
        let bytes = args().filter_map(bytes).map(<[u8]>::len).sum();
        (count + usize::from(self.kind.is_counted()), bytes)
    }
}

impl ListEnds<'_> {
    /// Adds the arguments that come before the added elements.
    pub(super) fn write(&self, args: &mut Cmd) {
        let [front, back] = self.removed;
        args.arg(self.unchanged.map(|all| Fingerprint::of_all(all).to_word()).unwrap_or_default());
        args.arg(or_minus_one(self.maxlen)).arg(or_minus_one(self.kept));
        args.arg(&[front.len(), back.len(), self.probes[0].len(), self.before]);
        for print in self.removed.into_iter().chain(self.probes).flatten() {
            args.arg(print.to_word());
        }
    }
}

/// A number as the script takes it; -1 for none.
pub(super) fn or_minus_one(number: Option<usize>) -> i64 {
    number.map_or(-1, |number| i64::try_from(number).unwrap_or(i64::MAX))
}

#[expect(clippy::needless_pass_by_value, reason = "the iterator yields it by value")]
fn bytes(word: Arg<&[u8]>) -> Option<&[u8]> {
    match word {
        Arg::Simple(bytes) => Some(bytes),
        _ => None,
    }
}

/// Without the arguments, which hold stored data.
impl fmt::Debug for KeyWrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyWrite").field("kind", &self.kind).finish_non_exhaustive()
    }
}
