package io.github.ctigateway.esl.simulator;

import io.github.ctigateway.esl.simulator.SipRequest.Credentials;
import io.github.ctigateway.esl.simulator.SipRequest.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Carries requests to the registrar and answers back, in order: a request that must be repeated with credentials arrives after every
 * first request of the same tick, as on a real network. Guarded by the simulator's lock.
 */
final class SipNetwork {
    /** What the SIP stack says when the credentials that it just used are refused with another challenge; the blank is its own. */
    private static final SipAnswer NO_CREDENTIALS_LEFT =
            SipAnswer.local(904, "Operation has no matching challenge ", 0);
    /** What it says, before it tries again, when the credentials of an earlier challenge are refused. */
    private static final SipAnswer AUTHORIZED_BY_CACHE = SipAnswer.local(100, "Request Authorized by Cache", 0);
    /** What it says of a REGISTER that it cannot build. */
    private static final SipAnswer NOT_BUILT = SipAnswer.local(900, "Internal error at nua_client.c:552", 0);

    private final SimulatedRegistrar registrar;
    private List<SipRequest> sent = new ArrayList<>();
    private final List<SipRequest> unbuilt = new ArrayList<>();
    private final List<Arrival> underWay = new ArrayList<>();

    SipNetwork(SimulatedRegistrar registrar) {
        this.registrar = registrar;
    }

    void register(SimulatedGateway gateway, RegistrationHandle handle) {
        if (!gateway.settings.canBeBuilt()) {
            SipRequest request = new SipRequest(Kind.REGISTER, gateway.settings, handle, Credentials.NONE);
            unbuilt.add(request);
        } else if (gateway.settings.canBeSent()) {
            send(Kind.REGISTER, gateway, handle);
        }
    }

    void unregister(SimulatedGateway gateway, RegistrationHandle handle) {
        send(Kind.UNREGISTER, gateway, handle);
    }

    void ping(SimulatedGateway gateway) {
        send(Kind.OPTIONS, gateway, new RegistrationHandle(gateway.name()));
    }

    private void send(Kind kind, SimulatedGateway gateway, RegistrationHandle handle) {
        Credentials credentials = handle.authenticates ? Credentials.OLD_NONCE : Credentials.NONE;
        sent.add(new SipRequest(kind, gateway.settings, handle, credentials));
    }

    /** Lets the registrar answer what was sent; gives what arrives by now to the receiver. */
    void deliver(long now, Receiver receiver) {
        unbuilt.forEach(request -> arrives(now, request, NOT_BUILT));
        unbuilt.clear();
        while (!sent.isEmpty()) {
            List<SipRequest> round = sent;
            sent = new ArrayList<>();
            for (SipRequest request : round) {
                receive(request, registrar.receive(request), now);
            }
        }
        List<Arrival> due = new ArrayList<>();
        for (Iterator<Arrival> arrivals = underWay.iterator(); arrivals.hasNext(); ) {
            Arrival arrival = arrivals.next();
            if (arrival.at <= now) {
                due.add(arrival);
                arrivals.remove();
            }
        }
        for (Arrival arrival : due) {
            if (!arrival.request.handle().destroyed) {
                receiver.receive(arrival.request, arrival.answer);
            }
        }
    }

    private void receive(SipRequest request, SipAnswer answer, long now) {
        if (request.kind() == Kind.OPTIONS || (request.kind() == Kind.REGISTER && !isChallenge(answer))) {
            arrives(now, request, answer);
        } else if (request.kind() == Kind.REGISTER && !request.handle().destroyed) {
            // mod_sofia does not repeat an un-REGISTER: its handle is gone when the challenge comes.
            challenged(request, answer, now);
        }
    }

    /** By a registrar, or by a proxy on the way. */
    private static boolean isChallenge(SipAnswer answer) {
        return answer.status() == 401 || answer.status() == 407;
    }

    private void challenged(SipRequest request, SipAnswer challenge, long now) {
        switch (request.credentials()) {
            case NEW_NONCE -> arrives(now, request, NO_CREDENTIALS_LEFT);
            case OLD_NONCE -> {
                arrives(now, request, AUTHORIZED_BY_CACHE.from(challenge));
                sent.add(request.withNewNonce());
            }
            case NONE -> {
                request.handle().authenticates = true;
                sent.add(request.withNewNonce());
            }
        }
    }

    private void arrives(long now, SipRequest request, SipAnswer answer) {
        underWay.add(new Arrival(now + answer.delayTicks(), request, answer));
    }

    /** Takes in what arrives. */
    @FunctionalInterface
    interface Receiver {
        void receive(SipRequest request, SipAnswer answer);
    }

    private record Arrival(long at, SipRequest request, SipAnswer answer) {}
}
