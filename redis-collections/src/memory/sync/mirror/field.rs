//! How a local type becomes a field of structs.

/// Makes a local type a field whose live form is the collection that it mirrors.
macro_rules! mirrored_field {
    ([$($parameter:ident),+] $local:ty: $kind:literal, $codec:expr; where $($bounds:tt)+) => {
        impl<$($parameter,)+ C> $crate::memory::field::Field<C> for $local
        where
            $($bounds)+
        {
            type Plain = Self;
            type Live<E: $crate::store::Executor<Codec = C>> =
                <Self as $crate::memory::sync::mirror::Mirror<C>>::Remote<E>;

            const KIND: &'static str = $kind;
            const CODEC: &'static str = $codec;

            fn ask(spot: &$crate::memory::field::Spot, asks: &mut Vec<$crate::command::Request>) {
                asks.push(<Self as $crate::memory::sync::mirror::Mirror<C>>::ask(&spot.key()));
            }

            fn read(
                spot: &$crate::memory::field::Spot,
                answers: &mut $crate::command::Answers,
            ) -> $crate::error::Result<Option<Self>> {
                answers.next(&spot.key(), <Self as $crate::memory::sync::mirror::Mirror<C>>::read).map(Some)
            }

            fn write(
                plain: &Self,
                spot: &$crate::memory::field::Spot,
                writes: &mut $crate::memory::write_set::Writes,
            ) {
                $crate::memory::sync::mirror::Mirror::<C>::replace(plain, &spot.target(), writes);
            }

            fn live<E: $crate::store::Executor<Codec = C>>(
                executor: E,
                spot: &$crate::memory::field::Spot,
                _: &mut $crate::command::Answers,
            ) -> $crate::error::Result<Self::Live<E>> {
                Ok($crate::collections::Collection::at(spot.place(&executor)))
            }
        }

        impl<$($parameter,)+ C> $crate::memory::sync::mirror::SyncField<C> for $local
        where
            $($bounds)+
        {
            type Local = Self;
        }
    };
}

pub(crate) use mirrored_field;
