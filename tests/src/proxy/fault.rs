//! [`Fault`]: what can happen to a command on its way, or to the reply to it.

use std::time::Duration;

/// What can happen to a command on its way, or to the reply to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The connection is cut, and the command has not reached the server.
    CutBefore,
    /// The connection is cut when the server has carried out the command; the reply is lost.
    CutAfter,
    /// The connection is cut after so many bytes of the reply.
    CutReply(usize),
    /// What comes is no reply.
    Garbage,
    /// The reply, and all that follow it, come so much later.
    Late(Duration),
    /// The reply comes one byte at a time.
    Bytewise,
}
