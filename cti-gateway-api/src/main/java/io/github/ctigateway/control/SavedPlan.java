package io.github.ctigateway.control;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to apply a plan later, and to refuse it when it holds no longer. Holds no secret: of definitions only their stamps.
 * Immutable.
 *
 * @param node the node that it was made for, by its switchname
 * @param profile the profile that it was made for
 * @param changes what it changes
 */
public record SavedPlan(String node, String profile, List<Change> changes) {
    public SavedPlan {
        Objects.requireNonNull(node, "node cannot be null");
        Objects.requireNonNull(profile, "profile cannot be null");
        changes = List.copyOf(changes);
    }

    /**
     * A change of one gateway.
     *
     * @param gateway its name
     * @param action what is done
     * @param liveMark what tells whether the same is still live: its stamp; of one that had none, a hash of what the switch showed; null
     *     when nothing is, or what is live is going down
     * @param wantedStamp the stamp of what is to run; null when nothing is
     */
    public record Change(
            String gateway,
            Action action,
            @Nullable String liveMark,
            @Nullable String wantedStamp) {
        public Change {
            Objects.requireNonNull(gateway, "gateway cannot be null");
            if (!action.isChange()) {
                throw new IllegalArgumentException(action + " changes nothing");
            }
        }

        /** What tells whether the same is still live. */
        public Optional<String> live() {
            return Optional.ofNullable(liveMark);
        }

        /** The stamp of what is to run. */
        public Optional<String> wanted() {
            return Optional.ofNullable(wantedStamp);
        }

        /** Whether it only restores a binding in doubt, and nothing else changed: a new plan may put it off, or need it no more. */
        private boolean onlyRestores(Plan fresh) {
            return action == Action.REPLACE
                    && liveMark != null
                    && liveMark.equals(wantedStamp)
                    && liveMark.equals(fresh.liveMarks().get(gateway))
                    && fresh.wantedStamp(gateway).equals(wanted());
        }
    }

    /**
     * The saved changes as a plan that can be applied: every other change of the new plan is held back. A gateway that was only to be
     * replaced because its binding was in doubt is left as it is when it is in doubt no more, or when it is the turn of others.
     *
     * @param fresh a plan that was made just now
     * @throws OtherNodeException when the new plan is for another node or profile
     * @throws StalePlanException when the store or the switch changed meanwhile in what this plan touches
     */
    public Plan renewed(Plan fresh) {
        if (!node.equals(fresh.identity().node()) || !profile.equals(fresh.profile())) {
            throw new OtherNodeException(node + " " + profile, fresh.identity().node() + " " + fresh.profile());
        }
        List<Change> now = fresh.saved().changes();
        List<String> stale = new ArrayList<>();
        Set<String> touched = new HashSet<>();
        Set<Change> holding = new HashSet<>(now);
        for (Change change : changes) {
            touched.add(change.gateway());
            if (!holding.contains(change) && !change.onlyRestores(fresh)) {
                stale.add(change.gateway());
            }
        }
        if (!stale.isEmpty()) {
            throw new StalePlanException(stale);
        }
        return fresh.only(touched);
    }
}
