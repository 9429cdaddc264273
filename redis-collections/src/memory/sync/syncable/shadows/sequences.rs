//! The common calls of [`Vec`] and [`VecDeque`].

use std::collections::VecDeque;

use crate::{
    memory::{
        Syncable,
        sync::mirror::{ListTracker, Mirror},
    },
    store::Executor,
};

impl<T, E> Syncable<Vec<T>, E>
where
    Vec<T>: Mirror<E::Codec, Tracker = ListTracker>,
    E: Executor,
{
    /// Adds `element` at the end.
    pub fn push(&mut self, element: T) {
        self.tracker.pushed_back(1);
        self.local.push(element);
    }

    /// Removes the last element, and returns it.
    pub fn pop(&mut self) -> Option<T> {
        let element = self.local.pop()?;
        self.tracker.popped_back();
        Some(element)
    }

    /// Adds `element` at `index`, before the element at that position.
    ///
    /// At either end, a sync compares only this element; elsewhere, it compares all elements.
    ///
    /// # Panics
    ///
    /// As [`Vec::insert`] does, if `index` is greater than the length.
    pub fn insert(&mut self, index: usize, element: T) {
        let len = self.local.len();
        self.local.insert(index, element);
        match index {
            index if index == len => self.tracker.pushed_back(1),
            0 => self.tracker.pushed_front(),
            _ => self.tracker.changed_within(),
        }
    }

    /// Removes the element at `index`, and returns it.
    ///
    /// At either end, a sync compares only this element; elsewhere, it compares all elements.
    ///
    /// # Panics
    ///
    /// As [`Vec::remove`] does, if `index` is out of bounds.
    pub fn remove(&mut self, index: usize) -> T {
        let element = self.local.remove(index);
        match index {
            index if index == self.local.len() => self.tracker.popped_back(),
            0 => self.tracker.popped_front(),
            _ => self.tracker.changed_within(),
        }
        element
    }

    /// Adds all `elements` at the end.
    pub fn extend(&mut self, elements: impl IntoIterator<Item = T>) {
        let len = self.local.len();
        self.local.extend(elements);
        self.tracker.pushed_back(self.local.len() - len);
    }

    /// Removes all elements.
    pub fn clear(&mut self) {
        self.local.clear();
        self.tracker.cleared();
    }
}

impl<T, E> Syncable<VecDeque<T>, E>
where
    VecDeque<T>: Mirror<E::Codec, Tracker = ListTracker>,
    E: Executor,
{
    /// Adds `element` at the back.
    pub fn push_back(&mut self, element: T) {
        self.tracker.pushed_back(1);
        self.local.push_back(element);
    }

    /// Adds `element` at the front.
    pub fn push_front(&mut self, element: T) {
        self.tracker.pushed_front();
        self.local.push_front(element);
    }

    /// Removes the last element, and returns it.
    pub fn pop_back(&mut self) -> Option<T> {
        let element = self.local.pop_back()?;
        self.tracker.popped_back();
        Some(element)
    }

    /// Removes the first element, and returns it.
    pub fn pop_front(&mut self) -> Option<T> {
        let element = self.local.pop_front()?;
        self.tracker.popped_front();
        Some(element)
    }

    /// Adds all `elements` at the back.
    pub fn extend(&mut self, elements: impl IntoIterator<Item = T>) {
        let len = self.local.len();
        self.local.extend(elements);
        self.tracker.pushed_back(self.local.len() - len);
    }

    /// Removes all elements.
    pub fn clear(&mut self) {
        self.local.clear();
        self.tracker.cleared();
    }
}
