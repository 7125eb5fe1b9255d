package io.github.ctigateway.esl.simulator;

import io.github.ctigateway.esl.simulator.SimulatedGateway.State;
import org.jspecify.annotations.Nullable;

/**
 * The registration of gateways, tick by tick (mod_sofia, sofia_reg_check_gateway) and answer by answer (sofia_reg_handle_sip_r_register,
 * sofia_handle_sip_r_options). Guarded by the simulator's lock.
 *
 * <pre>
 *   UNREGED → TRYING → REGISTER → REGED → UNREGED …
 *                └→ FAILED → FAIL_WAIT → UNREGED …       TRYING → TIMEOUT → FAILED
 *   UNREGISTER → DOWN (→ removed, when marked for deletion)          NOREG
 * </pre>
 */
final class RegistrationMachine {
    private final SipNetwork network;
    private final SofiaEvents events;
    private final EventBus bus;

    RegistrationMachine(SipNetwork network, SofiaEvents events, EventBus bus) {
        this.network = network;
        this.events = events;
        this.bus = bus;
    }

    /** One tick of one gateway. */
    void check(SimulatedGateway gateway, long now) {
        State before = gateway.state;
        ping(gateway, now);
        refresh(gateway, now);
        switch (before) {
            case DOWN, NOREG -> {
                if (gateway.ping == 0 && !gateway.pinging && !gateway.up) {
                    comeUp(gateway);
                }
            }
            case REGISTER -> {
                gateway.failures = 0;
                int frequency = gateway.settings.frequency();
                boolean moreThanHalfAMinute = Integer.compareUnsigned(frequency, 30) > 0;
                gateway.expires = now + Math.max(1, moreThanHalfAMinute ? frequency - 15 : frequency / 2);
                gateway.state = State.REGED;
                if (!gateway.up) {
                    comeUp(gateway);
                }
            }
            case UNREGISTER -> {
                leave(gateway);
                gateway.state = State.DOWN;
                gateway.up = false;
            }
            case UNREGED -> register(gateway, now);
            case TIMEOUT -> {
                destroy(gateway.handle);
                gateway.handle = null;
                gateway.state = State.FAILED;
                gateway.failures++;
                gateway.failureStatus = 908;
            }
            case FAILED -> {
                gateway.retry = now + retryAfter(gateway);
                gateway.up = false;
                gateway.state = State.FAIL_WAIT;
                gateway.failureStatus = 0;
            }
            case FAIL_WAIT -> {
                if (gateway.retry == 0 || now >= gateway.retry) {
                    gateway.state = State.UNREGED;
                }
            }
            case TRYING -> {
                if (now >= gateway.registerTimeout) {
                    gateway.state = State.TIMEOUT;
                }
            }
            case REGED, EXPIRED -> {
                if (now >= gateway.expires) {
                    gateway.state = State.UNREGED;
                }
            }
        }
        if (gateway.state != before) {
            events.state(gateway);
        }
    }

    private void ping(SimulatedGateway gateway, long now) {
        boolean pingable = gateway.state == State.NOREG || gateway.state == State.REGED;
        if (gateway.ping != 0 && !gateway.pinging && now >= gateway.ping && pingable && !gateway.deleted) {
            gateway.pinging = true;
            gateway.pingSent = bus.nowMicros();
            network.ping(gateway);
        }
    }

    /** The SIP stack registers again by itself, about half-way through what the registrar granted. */
    private void refresh(SimulatedGateway gateway, long now) {
        RegistrationHandle handle = gateway.handle;
        if (handle != null && handle.refreshAt != 0 && now >= handle.refreshAt && gateway.state == State.REGED) {
            handle.refreshAt = 0;
            network.register(gateway, handle);
        }
    }

    private void register(SimulatedGateway gateway, long now) {
        RegistrationHandle handle = gateway.handle;
        if (handle == null) {
            handle = new RegistrationHandle(gateway.name());
            gateway.handle = handle;
        }
        handle.refreshAt = 0;
        gateway.retry = now + gateway.settings.retrySeconds();
        gateway.registerTimeout = now + gateway.settings.timeoutSeconds();
        gateway.state = State.TRYING;
        network.register(gateway, handle);
    }

    /** Un-registers as far as there is something to un-register (sofia_reg_kill_reg). */
    private void leave(SimulatedGateway gateway) {
        RegistrationHandle handle = gateway.handle;
        if (handle != null) {
            network.unregister(gateway, handle);
            destroy(handle);
            gateway.handle = null;
        }
    }

    private static void destroy(@Nullable RegistrationHandle handle) {
        if (handle != null) {
            handle.destroyed = true;
        }
    }

    private static int retryAfter(SimulatedGateway gateway) {
        int status = gateway.failureStatus;
        int seconds = gateway.settings.retrySeconds();
        if (status == 908 && gateway.settings.retrySecondsAfterTimeout() != 0) {
            return gateway.settings.retrySecondsAfterTimeout();
        }
        return status == 503 || status == 908 || gateway.failures < 1 ? seconds : seconds * gateway.failures;
    }

    private void comeUp(SimulatedGateway gateway) {
        gateway.up = true;
        gateway.upSince = bus.nowMicros();
    }

    /** The answer to a REGISTER; the gateway is whoever has the name now, which need not be the one that asked. */
    void registerAnswered(SimulatedGateway gateway, RegistrationHandle handle, SipAnswer answer, long now) {
        State before = gateway.state;
        String oldIp = gateway.networkIp;
        answer.networkIp().ifPresent(ip -> {
            gateway.networkIp = ip;
            gateway.networkPort = answer.networkPort();
        });
        if (answer.status() == 200) {
            gateway.state = State.REGISTER;
            handle.refreshAt = answer.granted() > 0 ? now + refreshAfter(answer.granted()) : 0;
        } else if (answer.status() != 100) {
            gateway.state = State.FAILED;
            gateway.failureStatus = answer.status();
            gateway.failures++;
        }
        if (gateway.state != before || !gateway.networkIp.equals(oldIp)) {
            events.state(gateway, answer.status(), answer.phrase());
        }
    }

    /** The middle of the range from which the SIP stack draws (sofia-sip, nua_dialog_usage_set_refresh). */
    private static int refreshAfter(int granted) {
        return granted > 90 && granted < 300 ? granted - 45 : Math.max(1, (granted + 1) / 2);
    }

    /** The answer to an OPTIONS. */
    void pingAnswered(SimulatedGateway gateway, SipAnswer answer, long now) {
        boolean fire = gateway.settings.pingMonitoring();
        if (answer.status() != 408 && answer.status() != 503) {
            if (gateway.state == State.FAILED) {
                gateway.state = State.UNREGED;
            }
            if (gateway.pingCount < gateway.settings.pingMax()) {
                gateway.pingCount++;
                if (gateway.pingCount >= gateway.settings.pingMin() && !gateway.up) {
                    comeUp(gateway);
                    fire = true;
                }
            }
            gateway.pingMillis = (bus.nowMicros() - gateway.pingSent) / 1000.0;
        } else {
            if (gateway.state == State.REGED) {
                gateway.state = State.FAILED;
                gateway.pingMillis = 0;
            }
            gateway.pingCount = Math.max(0, gateway.pingCount - 1);
            if (gateway.pingCount < gateway.settings.pingMin() && gateway.up) {
                gateway.up = false;
                gateway.pingMillis = 0;
                fire = true;
            }
        }
        if (fire) {
            events.state(gateway, answer.status(), answer.phrase());
        }
        gateway.ping = now + Integer.toUnsignedLong(gateway.settings.pingSeconds());
        gateway.pinging = false;
    }
}
