package io.github.ctigateway.esl.contract;

import io.github.ctigateway.esl.simulator.RegistrarAnswer;
import io.github.ctigateway.esl.simulator.SimulatedRegistrar;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** The registrar inside the simulator, as contract cases see it. */
final class SimulatedTestRegistrar implements TestRegistrar {
    private static final int PORT = 15_090;

    private final SimulatedRegistrar registrar;

    SimulatedTestRegistrar(SimulatedRegistrar registrar) {
        this.registrar = registrar;
        reset();
    }

    @Override
    public String address() {
        return "127.0.0.1:" + PORT;
    }

    @Override
    public void answer(String user, Behaviour behaviour) {
        registrar.forUser(user, answer(behaviour));
    }

    @Override
    public void answerPings(Behaviour behaviour) {
        registrar.pingsByDefault(answer(behaviour));
    }

    private static RegistrarAnswer answer(Behaviour behaviour) {
        return behaviour == Behaviour.SILENT
                ? RegistrarAnswer.silent()
                : RegistrarAnswer.refuse(behaviour.status(), behaviour.phrase());
    }

    @Override
    public void delay(String user, int ticks) {
        registrar.forUser(user, RegistrarAnswer.accept().after(ticks));
    }

    @Override
    public void grant(String user, int seconds) {
        registrar.forUser(user, RegistrarAnswer.accept(Duration.ofSeconds(seconds)));
    }

    @Override
    public void password(String user, String password) {
        registrar.password(user, password);
    }

    @Override
    public void challenge(Challenge mode) {
        registrar.challenge(SimulatedRegistrar.Challenge.valueOf(mode.name()));
    }

    @Override
    public Set<String> boundUsers() {
        return registrar.bindings().keySet().stream()
                .map(address -> address.substring(0, address.indexOf('@')))
                .collect(Collectors.toSet());
    }

    @Override
    public int registers(String user) {
        return registrar.registers(user);
    }

    @Override
    public int unregisters(String user) {
        return registrar.unregisters(user);
    }

    @Override
    public void forgetBindings() {
        registrar.forgetBindings();
    }

    @Override
    public void reset() {
        registrar
                .reset()
                .networkAddress("127.0.0.1", PORT)
                .wrongPassword(RegistrarAnswer.refuse(401, "Unauthorized"))
                .forAddress(deadAddress(), RegistrarAnswer.unreachable());
    }

    @Override
    public void close() {}
}
