//! [`is_serial`]: whether calls that overlapped were told what some serial order would have told.
//!
//! The search is that of Wing and Gong, with Lowe's memory of what it has tried.

use std::{collections::HashSet, fmt::Debug, hash::Hash};

/// What stands at a key, as std would keep it.
pub(crate) trait Model: Clone + Debug + Eq + Hash {
    type Call: Copy + Debug + Send + 'static;

    /// What may come of `call`: what it is told, and what stands there then. There are several
    /// where the server chooses, and none where the call cannot be.
    fn outcomes(&self, call: Self::Call) -> Vec<(String, Self)>;
}

/// A call, what it was told, and the ticks of one clock just before and just after.
#[derive(Clone, Debug)]
pub(crate) struct Event<C> {
    pub(crate) call: C,
    pub(crate) told: String,
    pub(crate) began: u64,
    pub(crate) ended: u64,
}

/// Returns whether there is an order of `history` in which each call is told what it was told,
/// beginning at `start`, and none comes before one that had ended when it began.
pub(crate) fn is_serial<M: Model>(start: &M, history: &[Event<M::Call>]) -> bool {
    let all = (1_u128 << history.len()) - 1;
    let mut met = HashSet::new();
    let mut open = vec![(0, start.clone())];
    while let Some((done, state)) = open.pop() {
        if done == all {
            return true;
        }
        let left = || history.iter().enumerate().filter(|(at, _)| done >> at & 1 == 0);
        let ended = left().map(|(_, event)| event.ended).min().unwrap_or_default();
        for (at, event) in left().filter(|(_, event)| event.began < ended) {
            for (told, next) in state.outcomes(event.call) {
                let next = (done | 1 << at, next);
                if told == event.told && met.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
    }
    false
}

/// The one outcome of a call that changes `state` with `call`.
pub(crate) fn only<M: Clone, T: Debug>(
    state: &M,
    call: impl FnOnce(&mut M) -> T,
) -> Vec<(String, M)> {
    let mut next = state.clone();
    let told = call(&mut next);
    vec![(format!("{told:?}"), next)]
}

#[cfg(test)]
mod tests {
    use super::{Event, Model, is_serial, only};

    #[derive(Clone, Copy, Debug)]
    enum Call {
        Push(u8),
        Pop,
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
    struct Queue(Vec<u8>);

    impl Model for Queue {
        type Call = Call;

        fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
            match call {
                Call::Push(value) => only(self, |queue| queue.0.push(value)),
                Call::Pop => only(self, |queue| queue.0.pop()),
            }
        }
    }

    fn told(call: Call, told: &str, began: u64, ended: u64) -> Event<Call> {
        Event { call, told: told.into(), began, ended }
    }

    #[test]
    fn two_pops_of_one_element_have_no_serial_order() {
        let twice = [told(Call::Pop, "Some(1)", 0, 3), told(Call::Pop, "Some(1)", 1, 2)];
        let once = [told(Call::Pop, "None", 0, 3), told(Call::Pop, "Some(1)", 1, 2)];

        assert!(!is_serial(&Queue(vec![1]), &twice));
        assert!(is_serial(&Queue(vec![1]), &once));
        assert!(is_serial(&Queue(vec![1, 1]), &twice));
    }

    #[test]
    fn a_call_comes_before_one_that_began_when_it_had_ended() {
        let early = [told(Call::Pop, "Some(1)", 0, 1), told(Call::Push(1), "()", 2, 3)];
        let overlapping = [told(Call::Pop, "Some(1)", 0, 3), told(Call::Push(1), "()", 1, 2)];

        assert!(!is_serial(&Queue::default(), &early));
        assert!(is_serial(&Queue::default(), &overlapping));
    }

    #[test]
    fn a_lost_push_has_no_serial_order() {
        let pushes = [told(Call::Push(1), "()", 0, 2), told(Call::Push(2), "()", 1, 3)];
        let pops = [told(Call::Pop, "Some(2)", 4, 5), told(Call::Pop, "None", 6, 7)];

        assert!(!is_serial(&Queue::default(), &[pushes, pops].concat()));
    }

    #[test]
    fn a_whole_burst_of_overlapping_pushes_is_searched_to_its_end() {
        let mut history: Vec<_> =
            (0..8).map(|at| told(Call::Push(at), "()", at.into(), 8 + u64::from(at))).collect();
        assert!(is_serial(&Queue::default(), &history));

        history.push(told(Call::Pop, "None", 20, 21));
        assert!(!is_serial(&Queue::default(), &history));
    }
}
