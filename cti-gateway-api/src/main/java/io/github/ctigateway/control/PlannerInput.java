package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.StoreSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Everything a plan is made of.
 *
 * @param identity the FreeSWITCH
 * @param profile the profile
 * @param snapshot what is wanted
 * @param live every gateway of the switch, those being removed too
 * @param stamps the stamps read back from the profile's gateways, by name
 * @param removing the gateways of the profile that the switch is removing and of which no other of the name is there
 * @param definedElsewhere the gateways that somebody else defines where ours are published, with where
 * @param ownedElsewhere the gateways that only one node may run and that this one does not own
 * @param bindingsInDoubt the gateways whose registrar may have no binding of them although they are shown as registered
 * @param policy what is done with gateways that are not in the store
 * @param published the definition that FreeSWITCH can read now under a name, stamp included; asked for gateways that differ, to
 *     name what does, and for those that cannot be applied, to keep what is published; from several threads
 */
public record PlannerInput(
        SwitchIdentity identity,
        String profile,
        StoreSnapshot snapshot,
        List<LiveGateway> live,
        Map<String, String> stamps,
        Set<String> removing,
        Map<String, String> definedElsewhere,
        Set<String> ownedElsewhere,
        Set<String> bindingsInDoubt,
        PlanPolicy policy,
        Function<String, Optional<Gateway>> published) {
    public PlannerInput {
        live = List.copyOf(live);
        stamps = Map.copyOf(stamps);
        removing = Set.copyOf(removing);
        definedElsewhere = Map.copyOf(definedElsewhere);
        ownedElsewhere = Set.copyOf(ownedElsewhere);
        bindingsInDoubt = Set.copyOf(bindingsInDoubt);
    }
}
