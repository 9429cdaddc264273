//! [`Mirror`]: a local type with the content of a collection; and its [`Tracker`].

mod attempts;

mod changes;
pub use changes::Changes;

mod unreadable;
pub(crate) use unreadable::Unreadable;

mod entries;
pub(crate) use entries::{Entries, Held};

mod entry_tracker;
pub(crate) use entry_tracker::EntryTracker;

mod ends;

mod list_tracker;
pub(crate) use list_tracker::{ListTracker, LocalSequence};

mod field;
pub(crate) use field::mirrored_field;

use redis::Value;

use crate::{
    collections::{Collection, KeySite},
    command::{Key, Replies, Request},
    error::Result,
    memory::{
        field::Field,
        write_set::{Edit, WriteSet},
    },
    store::Executor,
};

/// A local type with the content of a collection.
///
/// It is read whole, and only its changes are written: its tracker remembers what Redis held.
pub trait Mirror<C: 'static>: Send + 'static {
    /// The collection.
    type Remote<E: Executor<Codec = C>>: Collection<E> + Send;

    /// It remembers what Redis held, and which entries were touched since.
    type Tracker: Tracker<Self, C> + Send + 'static;

    /// The request that reads the whole collection.
    fn read_request(key: &Key) -> Request;

    /// Reads the whole collection from the reply.
    fn read(answer: Value) -> Result<Self>
    where
        Self: Sized;

    /// Reads the whole collection from the reply, with a tracker of it. An entry that cannot be
    /// decoded is left out.
    fn load(site: &KeySite, answer: Value) -> Result<(Self, Self::Tracker)>
    where
        Self: Sized;

    /// Adds the edit that makes Redis hold exactly this.
    fn replace<'w>(&self, site: &KeySite, writes: &'w mut WriteSet) -> Edit<'w>;
}

/// A plain type that `#[sync]` can keep in memory.
#[diagnostic::on_unimplemented(
    message = "`#[sync]` cannot keep `{Self}` in memory",
    label = "not a type that is written by its changes",
    note = "remove `#[sync]`, or use a map, a `Vec`, a set, a `VecDeque`, a `Tally` or `Scores`"
)]
pub trait SyncField<C: 'static>: Field<C> {
    /// The type in memory.
    type Local: Mirror<C>;
}

/// What a mirror of type `L` knows of Redis.
///
/// Its calls come in pairs, around a request. A save is `pre_save` or `pre_replace`, then one of
/// `post_save`, `save_lost` and `save_refused`. `pre_discard` and `pre_refresh` add reads, and
/// `post_discard` and `post_refresh` apply the replies.
pub trait Tracker<L: ?Sized, C> {
    /// Where a change is: a key, or a position.
    type At;

    /// Records that any entry may have changed.
    fn touch_all(&mut self);

    /// Returns how many entries may have changed: all of them after a mutable borrow.
    fn touched(&self) -> usize;

    /// Returns the differences between `local` and what Redis held.
    ///
    /// A value that cannot be encoded counts as different; the sync reports the error.
    fn changes(&self, local: &L) -> Changes<Self::At>;

    /// Returns whether there are differences.
    fn differs(&self, local: &L) -> bool {
        !self.changes(local).is_empty()
    }

    /// Adds the changes.
    fn pre_save(&mut self, local: &L, site: &KeySite, writes: &mut WriteSet);

    /// Adds the edit that makes Redis hold exactly `local`, whether lost changes were made or not.
    fn pre_replace(&mut self, local: &L, site: &KeySite, writes: &mut WriteSet);

    /// Returns whether a save is pending.
    fn is_saving(&self) -> bool;

    /// Records that the changes were made, with the server's reply.
    fn post_save(&mut self, local: &mut L, site: &KeySite, answer: Value) -> Result<()>;

    /// Records that the changes may have been made.
    fn save_lost(&mut self);

    /// Records that the changes were not made.
    fn save_refused(&mut self);

    /// Adds the requests that read the changed entries again.
    fn pre_discard(&self, local: &L, site: &KeySite, reads: &mut Vec<Request>);

    /// Replaces the changes by the replies.
    fn post_discard(&mut self, local: &mut L, site: &KeySite, replies: &mut Replies) -> Result<()>;

    /// Adds the request that settles lost changes.
    fn pre_reload(&self, site: &KeySite, reads: &mut Vec<Request>);

    /// Adds the requests that read the whole collection.
    fn pre_refresh(&self, site: &KeySite, reads: &mut Vec<Request>) -> Result<()>;

    /// Applies the changes to the replies.
    fn post_refresh(&mut self, local: &mut L, site: &KeySite, replies: &mut Replies) -> Result<()>;
}
