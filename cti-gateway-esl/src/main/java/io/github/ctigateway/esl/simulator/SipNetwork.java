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
    private final SimulatedRegistrar registrar;
    private List<SipRequest> sent = new ArrayList<>();
    private final List<Arrival> underWay = new ArrayList<>();

    SipNetwork(SimulatedRegistrar registrar) {
        this.registrar = registrar;
    }

    void register(SimulatedGateway gateway, RegistrationHandle handle) {
        send(Kind.REGISTER, gateway, handle);
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
        while (!sent.isEmpty()) {
            List<SipRequest> round = sent;
            sent = new ArrayList<>();
            for (SipRequest request : round) {
                SipAnswer answer = registrar.receive(request);
                if (answer.status() == 401 && request.credentials() != Credentials.NEW_NONCE) {
                    // mod_sofia does not repeat an un-REGISTER: its handle is gone when the challenge comes.
                    if (request.kind() == Kind.REGISTER && !request.handle().destroyed) {
                        request.handle().authenticates = true;
                        sent.add(request.withNewNonce());
                    }
                } else if (request.kind() != Kind.UNREGISTER) {
                    underWay.add(new Arrival(now + answer.delayTicks(), request, answer));
                }
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

    /** Takes in what arrives. */
    @FunctionalInterface
    interface Receiver {
        void receive(SipRequest request, SipAnswer answer);
    }

    private record Arrival(long at, SipRequest request, SipAnswer answer) {}
}
