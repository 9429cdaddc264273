//! [`Scoped`]: a value that is synced at the end of a scope; and the scopes.

use crate::{
    error::{Error, Result},
    memory::{Syncable, sync::mirror::Mirror},
    store::{Executor, Store},
};

/// A value that can be synced at the end of a scope: a collection in memory, or a live twin with
/// such fields.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has nothing in memory that could be synced",
    note = "a scope takes a collection in memory (`SyncableDict`, …) or a live twin"
)]
pub trait Scoped {
    /// The executor that sends the sync.
    type Executor: Executor;

    /// Writes the changes.
    fn finish(&mut self) -> <Self::Executor as Executor>::Reply<'_, ()>;
}

impl<L: Mirror<E::Codec>, E: Executor> Scoped for Syncable<L, E> {
    type Executor = E;

    fn finish(&mut self) -> E::Reply<'_, ()> {
        self.sync()
    }
}

impl<C: 'static> Store<C> {
    /// Calls `work` with `local`, a collection in memory or a live twin, and syncs it if `work`
    /// returns `Ok`.
    ///
    /// After an `Err` or a panic, nothing is written, and the changes stay in memory.
    ///
    /// As many round trips as one `sync`.
    ///
    /// ```
    /// # use redis_collections::{Error, Store, SyncableDict};
    /// # let store = Store::temporary()?;
    /// let mut stock: SyncableDict<String, u32> = SyncableDict::open(&store, "stock")?;
    /// store.scope(&mut stock, |stock| {
    ///     stock.insert("apples".into(), 5);
    ///     Ok::<_, Error>(())
    /// })?; //                                          HSET stock "apples" 5
    ///
    /// assert_eq!(stock.remote().get("apples")?, Some(5));
    /// # Ok::<_, Error>(())
    /// ```
    pub fn scope<X, D: 'static, T, F: From<Error>>(
        &self,
        local: &mut X,
        work: impl FnOnce(&mut X) -> Result<T, F>,
    ) -> Result<T, F>
    where
        X: Scoped<Executor = Store<D>>,
    {
        let outcome = work(local)?;
        local.finish()?;
        Ok(outcome)
    }
}

#[cfg(feature = "aio")]
mod awaiting {
    use super::Scoped;
    use crate::{
        error::{Error, Result},
        store::aio::Store,
    };

    impl<C: 'static> Store<C> {
        /// Calls `work` with `local`, a collection in memory or a live twin, and syncs it if `work`
        /// returns `Ok`.
        ///
        /// After an `Err` or a panic, or if the future is dropped, nothing is written, and the
        /// changes stay in memory.
        ///
        /// As many round trips as one `sync`.
        ///
        /// ```
        /// # use redis_collections::{Error, SyncableDict, aio::Store};
        /// # #[tokio::main] async fn main() -> Result<(), Error> {
        /// # let store = Store::temporary().await?;
        /// let mut stock: SyncableDict<String, u32, Store> = SyncableDict::open(&store, "stock").await?;
        /// let work = async |stock: &mut SyncableDict<String, u32, Store>| {
        ///     stock.insert("apples".into(), 5);
        ///     Ok::<_, Error>(())
        /// };
        /// store.scope(&mut stock, work).await?; //    HSET stock "apples" 5
        ///
        /// assert_eq!(stock.remote().get("apples").await?, Some(5));
        /// # Ok(()) }
        /// ```
        pub async fn scope<X, D: 'static, T, F: From<Error>>(
            &self,
            local: &mut X,
            work: impl AsyncFnOnce(&mut X) -> Result<T, F>,
        ) -> Result<T, F>
        where
            X: Scoped<Executor = Store<D>>,
        {
            let outcome = work(local).await?;
            local.finish().await?;
            Ok(outcome)
        }
    }
}
