//! How a local type becomes a field of structs.

/// Makes a local type a field, whose live type is the collection that it mirrors.
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

            fn add_reads(site: &$crate::memory::field::FieldSite, reads: &mut Vec<$crate::command::Request>) {
                reads.push(<Self as $crate::memory::sync::mirror::Mirror<C>>::read_request(&site.key()));
            }

            fn read(
                site: &$crate::memory::field::FieldSite,
                replies: &mut $crate::command::Replies,
            ) -> $crate::error::Result<Option<Self>> {
                replies.next(&site.key(), <Self as $crate::memory::sync::mirror::Mirror<C>>::read).map(Some)
            }

            fn add_writes(
                plain: &Self,
                site: &$crate::memory::field::FieldSite,
                writes: &mut $crate::memory::write_set::WriteSet,
            ) {
                $crate::memory::sync::mirror::Mirror::<C>::replace(plain, &site.key_site(), writes);
            }

            fn open<E: $crate::store::Executor<Codec = C>>(
                executor: E,
                site: &$crate::memory::field::FieldSite,
                _: &mut $crate::command::Replies,
            ) -> $crate::error::Result<Self::Live<E>> {
                Ok($crate::collections::Collection::from_handle(site.handle(&executor)))
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
