//! [`Mirror`]: a local type, and what it knows of the collection that it stands for.

mod marks;
pub use marks::{Entries, Marks};

mod order;
pub use order::{Elements, Order};

use redis::Value;
use sha1_smol::Sha1;

use crate::{
    Collection, Executor, Key, Request, Result, collection::Target, field::Field, writes::Writes,
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

    /// Reads the whole collection, and remembers it.
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
    /// Takes notice that anything may have changed.
    fn touch_all(&mut self);

    /// Whether `local` differs from what Redis held.
    ///
    /// One that cannot be encoded counts as different: the sync will say what is wrong.
    fn differs(&self, local: &L) -> bool;

    /// Adds what has changed.
    fn changes(&mut self, local: &L, target: &Target, writes: &mut Writes);

    /// Whether changes were added, and wait to be settled.
    fn is_sent(&self) -> bool;

    /// Takes notice that the changes were made, and of what the server answered to them.
    fn settle(&mut self, local: &mut L, answer: Value) -> Result<()>;
}

/// What stands for a value that Redis holds: SHA-1 of its bytes, cut to 16 bytes.
///
/// Lua can compute it too, which is why it is not a faster hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        let mut cut = [0; 16];
        cut.copy_from_slice(&Sha1::from(bytes).digest().bytes()[..16]);
        Fingerprint(cut)
    }

    /// The fingerprint as Lua writes it: hexadecimal digits.
    pub fn hex(self) -> String {
        use std::fmt::Write;

        self.0.iter().fold(String::with_capacity(32), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

/// Makes a local type a field whose live form is the collection that it mirrors.
macro_rules! mirrored_field {
    ([$($parameter:ident),+] $local:ty: $kind:literal, $codec:expr; where $($bounds:tt)+) => {
        impl<$($parameter,)+ C> $crate::field::Field<C> for $local
        where
            $($bounds)+
        {
            type Plain = Self;
            type Live<E: $crate::Executor<Codec = C>> =
                <Self as $crate::mirror::Mirror<C>>::Remote<E>;

            const KIND: &'static str = $kind;
            const CODEC: &'static str = $codec;

            fn ask(spot: &$crate::field::Spot, asks: &mut Vec<$crate::Request>) {
                asks.push(<Self as $crate::mirror::Mirror<C>>::ask(&spot.key()));
            }

            fn read(
                spot: &$crate::field::Spot,
                answers: &mut $crate::answers::Answers,
            ) -> $crate::Result<Option<Self>> {
                answers.next(&spot.key(), <Self as $crate::mirror::Mirror<C>>::read).map(Some)
            }

            fn write(
                plain: &Self,
                spot: &$crate::field::Spot,
                writes: &mut $crate::writes::Writes,
            ) {
                $crate::mirror::Mirror::<C>::replace(plain, &spot.target(), writes);
            }

            fn live<E: $crate::Executor<Codec = C>>(
                executor: E,
                spot: &$crate::field::Spot,
                _: &mut $crate::answers::Answers,
            ) -> $crate::Result<Self::Live<E>> {
                Ok($crate::Collection::at(spot.place(&executor)))
            }
        }

        impl<$($parameter,)+ C> $crate::mirror::SyncField<C> for $local
        where
            $($bounds)+
        {
            type Local = Self;
        }
    };
}

pub(crate) use mirrored_field;
