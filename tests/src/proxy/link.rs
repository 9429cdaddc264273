//! [`join`]: carries commands one way and replies the other, as the plan says.

use std::{
    collections::VecDeque,
    io::{Read, Write},
    net::Shutdown,
    os::unix::net::UnixStream,
    sync::{Arc, Mutex},
    thread,
};

use super::{Fault, Plan};
use crate::frames::{Frame, Frames};

/// What stands in the place of a reply when there is [`Fault::Garbage`].
const GARBAGE: &[u8] = b"?this is no reply\r\n";

/// One end of a connection, and what both ends know of it.
struct Link {
    from: UnixStream,
    to: UnixStream,
    owed: Arc<Mutex<Owed>>,
    plan: Arc<Plan>,
}

/// For each reply that the server owes, whether it answers a command, and what happens to it.
type Owed = VecDeque<(bool, Option<Fault>)>;

/// Carries commands one way and replies the other, until either end is closed.
///
/// They are counted before they are carried on: nobody can have seen what has not been counted.
pub(super) fn join(client: &UnixStream, server: &UnixStream, plan: &Arc<Plan>) {
    let owed = Arc::<Mutex<Owed>>::default();
    let link = |from: &UnixStream, to: &UnixStream| Link {
        from: from.try_clone().unwrap(),
        to: to.try_clone().unwrap(),
        owed: owed.clone(),
        plan: plan.clone(),
    };
    let (mut asking, mut answering) = (link(client, server), link(server, client));
    thread::spawn(move || asking.carry(Link::see_command_bytes, Link::ask));
    thread::spawn(move || answering.carry(|_| {}, Link::answer));
}

impl Link {
    /// Passes on each frame by `pass` until that gives nothing, and closes both ends then.
    fn carry(&mut self, see: fn(&Link), pass: fn(&mut Link, &Frame) -> Option<()>) {
        let (mut frames, mut bytes) = (Frames::default(), vec![0; 64 * 1024]);
        while let Ok(len @ 1..) = self.from.read(&mut bytes) {
            if frames.is_complete() {
                see(self);
            }
            let all = frames.take(&bytes[..len]);
            if all.iter().try_for_each(|frame| pass(self, frame)).is_none() {
                break;
            }
        }
        self.to.shutdown(Shutdown::Both).ok();
        self.from.shutdown(Shutdown::Both).ok();
    }

    /// Counts a round trip, if one begins with bytes that are not the rest of a command.
    fn see_command_bytes(&self) {
        if self.owed.lock().unwrap().is_empty() {
            self.plan.begin_trip();
        }
    }

    fn ask(&mut self, command: &Frame) -> Option<()> {
        let counts = !command.is_greeting();
        let fault = if counts { self.plan.admit() } else { None };
        if fault == Some(Fault::CutBefore) {
            return None;
        }
        self.owed.lock().unwrap().push_back((counts, fault));
        self.send(command.bytes())
    }

    fn answer(&mut self, reply: &Frame) -> Option<()> {
        if reply.is_pushed() {
            return self.send(reply.bytes());
        }
        // A server that is full refuses a client that has asked nothing yet.
        let (counts, fault) = self.owed.lock().unwrap().pop_front().unwrap_or_default();
        if counts {
            self.plan.answered();
        }
        let reply = reply.bytes();
        match fault {
            Some(Fault::CutBefore | Fault::CutAfter) => return None,
            Some(Fault::CutReply(len)) => {
                self.send(&reply[..len.min(reply.len())])?;
                return None;
            }
            Some(Fault::Garbage) => return self.send(GARBAGE),
            Some(Fault::Bytewise) => return reply.iter().try_for_each(|byte| self.send(&[*byte])),
            Some(Fault::Late(time)) => thread::sleep(time),
            None => {}
        }
        self.send(reply)
    }

    fn send(&mut self, bytes: &[u8]) -> Option<()> {
        self.to.write_all(bytes).ok()
    }
}
