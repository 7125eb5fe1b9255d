package io.github.ctigateway.control;

/** Refuses plans that would kill when something looks wrong in the whole, unless the options allow it. */
final class Guards {
    private Guards() {}

    /** @throws DoubtfulPlanException when the plan has warnings and would kill */
    static void warnings(Plan plan, ApplyOptions options) {
        boolean kills = plan.changes().stream().anyMatch(item -> item.action().kills());
        if (kills && !plan.warnings().isEmpty() && !options.allowMassChange()) {
            throw new DoubtfulPlanException(plan.warnings());
        }
    }

    /** @throws MassChangeException when the plan would kill too many gateways */
    static void massChange(Plan plan, ApplyOptions options) {
        int kills = plan.kills().size();
        if (isMassChange(kills, plan.liveCount()) && !options.allowMassChange()) {
            throw new MassChangeException(kills, plan.liveCount());
        }
    }

    /** Whether so many kills among so many live gateways are too many to be done unasked. */
    static boolean isMassChange(int kills, int live) {
        return kills > ApplyOptions.MASS_COUNT && kills > ApplyOptions.MASS_SHARE * live;
    }
}
