//! [`Mirror`]: a local type, and what it knows of the collection that it stands for.

mod attempts;

mod changes;
pub use changes::Changes;

mod fingerprint;
pub use fingerprint::Fingerprint;

mod unreadable;
pub use unreadable::Unreadable;

mod entries;
pub use entries::{Entries, Held};

mod marks;
pub use marks::Marks;

mod ends;

mod order;
pub use order::{Elements, Order};

mod field;
pub(crate) use field::mirrored_field;

use redis::Value;

use crate::{
    collections::{Collection, Target},
    command::{Answers, Key, Request},
    error::Result,
    memory::{field::Field, write_set::Writes},
    store::Executor,
};

/// A local type that can be kept in step with a collection.
///
/// It is read whole, and written by its changes: `Known` remembers what Redis held.
pub trait Mirror<C: 'static>: Send + 'static {
    /// The collection.
    type Remote<E: Executor<Codec = C>>: Collection<E> + Send;

    /// What is known of the collection, and what has been touched since.
    type Known: Known<Self, C> + Send + 'static;

    /// Asks for the whole collection.
    fn ask(key: &Key) -> Request;

    /// Reads the whole collection.
    fn read(answer: Value) -> Result<Self>
    where
        Self: Sized;

    /// Reads the whole collection, and remembers it; an entry that cannot be read is left out.
    fn load(target: &Target, answer: Value) -> Result<(Self, Self::Known)>
    where
        Self: Sized;

    /// Adds what makes Redis hold exactly this.
    fn replace(&self, target: &Target, writes: &mut Writes);
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
pub trait Known<L: ?Sized, C> {
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
    fn write(&mut self, local: &L, target: &Target, writes: &mut Writes);

    /// Adds what makes Redis hold exactly `local`, whatever has become of earlier changes.
    fn replace(&mut self, local: &L, target: &Target, writes: &mut Writes);

    /// Whether changes were added, and wait to be settled.
    fn is_sent(&self) -> bool;

    /// Takes notice that the changes were made, and of what the server answered to them.
    fn settle(&mut self, local: &mut L, target: &Target, answer: Value) -> Result<()>;

    /// Takes notice that the changes that were added may have been made.
    fn lose(&mut self);

    /// Takes notice that they were not made.
    fn recall(&mut self);

    /// Asks again for what has changed here.
    fn ask(&self, local: &L, target: &Target, asks: &mut Vec<Request>);

    /// Drops the changes for what was answered to that.
    fn renew(&mut self, local: &mut L, target: &Target, answers: &mut Answers) -> Result<()>;

    /// Asks what became of lost changes, and gives them up.
    fn ask_lost(&self, target: &Target, asks: &mut Vec<Request>);

    /// Asks for everything.
    fn ask_all(&self, target: &Target, asks: &mut Vec<Request>) -> Result<()>;

    /// Puts the changes upon what was answered to that.
    fn refresh(&mut self, local: &mut L, target: &Target, answers: &mut Answers) -> Result<()>;
}
