//! [`Mirror`]: a local type, and what it knows of the collection that it stands for.

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

/// A local type that can be kept in step with a collection.
///
/// It is read whole, and written by its changes: `Tracker` remembers what Redis held.
pub trait Mirror<C: 'static>: Send + 'static {
    /// The collection.
    type Remote<E: Executor<Codec = C>>: Collection<E> + Send;

    /// What is known of the collection, and what has been touched since.
    type Tracker: Tracker<Self, C> + Send + 'static;

    /// Asks for the whole collection.
    fn read_request(key: &Key) -> Request;

    /// Reads the whole collection.
    fn read(answer: Value) -> Result<Self>
    where
        Self: Sized;

    /// Reads the whole collection, and remembers it; an entry that cannot be read is left out.
    fn load(site: &KeySite, answer: Value) -> Result<(Self, Self::Tracker)>
    where
        Self: Sized;

    /// Adds what makes Redis hold exactly this.
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

/// What is known of the collection in Redis that an `L` mirrors.
pub trait Tracker<L: ?Sized, C> {
    /// What a change is found by: a key, or a position.
    type At;

    /// Takes notice that anything may have changed.
    fn touch_all(&mut self);

    /// How many entries may have changed; all of them, if any may.
    fn touched(&self) -> usize;

    /// What differs from what Redis held.
    ///
    /// What cannot be encoded counts as different: the sync will say what is wrong.
    fn changes(&self, local: &L) -> Changes<Self::At>;

    /// Whether anything does.
    fn differs(&self, local: &L) -> bool {
        !self.changes(local).is_empty()
    }

    /// Adds what has changed.
    fn pre_save(&mut self, local: &L, site: &KeySite, writes: &mut WriteSet);

    /// Adds what makes Redis hold exactly `local`, whatever has become of earlier changes.
    fn pre_replace(&mut self, local: &L, site: &KeySite, writes: &mut WriteSet);

    /// Whether changes were added, and wait to be settled.
    fn is_saving(&self) -> bool;

    /// Takes notice that the changes were made, and of what the server answered to them.
    fn post_save(&mut self, local: &mut L, site: &KeySite, answer: Value) -> Result<()>;

    /// Takes notice that the changes that were added may have been made.
    fn save_lost(&mut self);

    /// Takes notice that they were not made.
    fn save_refused(&mut self);

    /// Asks again for what has changed here.
    fn pre_discard(&self, local: &L, site: &KeySite, reads: &mut Vec<Request>);

    /// Drops the changes for what was answered to that.
    fn post_discard(&mut self, local: &mut L, site: &KeySite, replies: &mut Replies) -> Result<()>;

    /// Asks what became of lost changes, and gives them up.
    fn pre_reload(&self, site: &KeySite, reads: &mut Vec<Request>);

    /// Asks for everything.
    fn pre_refresh(&self, site: &KeySite, reads: &mut Vec<Request>) -> Result<()>;

    /// Puts the changes upon what was answered to that.
    fn post_refresh(&mut self, local: &mut L, site: &KeySite, replies: &mut Replies) -> Result<()>;
}
