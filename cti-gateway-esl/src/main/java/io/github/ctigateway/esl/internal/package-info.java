/** How the client works inside: the wire, frames, the queue of commands, the way of events, and the life of connections. */
package io.github.ctigateway.esl.internal;
