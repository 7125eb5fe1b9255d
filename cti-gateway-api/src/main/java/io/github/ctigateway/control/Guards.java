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
        boolean mass = kills > ApplyOptions.MASS_COUNT && kills > ApplyOptions.MASS_SHARE * plan.liveCount();
        if (mass && !options.allowMassChange()) {
            throw new MassChangeException(kills, plan.liveCount());
        }
    }
}
