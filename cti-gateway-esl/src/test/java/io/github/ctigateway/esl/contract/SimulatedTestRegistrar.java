package io.github.ctigateway.esl.contract;

import io.github.ctigateway.esl.simulator.RegistrarAnswer;
import io.github.ctigateway.esl.simulator.SimulatedRegistrar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The registrar inside the simulator, as contract cases see it. */
final class SimulatedTestRegistrar implements TestRegistrar {
    private static final int PORT = 15_090;

    private final SimulatedRegistrar registrar;
    private final Set<String> answered = new HashSet<>();
    private final Map<String, Integer> registersBefore = new HashMap<>();
    private final Map<String, Integer> unregistersBefore = new HashMap<>();

    SimulatedTestRegistrar(SimulatedRegistrar registrar) {
        this.registrar = registrar;
        registrar
                .networkAddress("127.0.0.1", PORT)
                .wrongPassword(RegistrarAnswer.refuse(401, "Unauthorized"))
                .forAddress(deadAddress(), RegistrarAnswer.unreachable());
    }

    @Override
    public String address() {
        return "127.0.0.1:" + PORT;
    }

    @Override
    public void answer(String user, Behaviour behaviour) {
        answered.add(user);
        RegistrarAnswer answer = behaviour == Behaviour.SILENT
                ? RegistrarAnswer.silent()
                : RegistrarAnswer.refuse(behaviour.status(), behaviour.phrase());
        registrar.forUser(user, answer);
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
        return registrar.registers(user) - registersBefore.getOrDefault(user, 0);
    }

    @Override
    public int unregisters(String user) {
        return registrar.unregisters(user) - unregistersBefore.getOrDefault(user, 0);
    }

    @Override
    public void reset() {
        answered.forEach(user -> {
            answer(user, Behaviour.ACCEPT);
            registersBefore.put(user, registrar.registers(user));
            unregistersBefore.put(user, registrar.unregisters(user));
        });
        registrar.challenge(SimulatedRegistrar.Challenge.NONE).forgetBindings();
    }

    @Override
    public void close() {}
}
