//! How a local type becomes a field of structs.

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
