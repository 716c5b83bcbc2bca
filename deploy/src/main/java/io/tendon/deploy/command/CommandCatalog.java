package io.tendon.deploy.command;

import io.tendon.bus.driver.DriverNode;
import io.tendon.certify.CertifyCommand;
import io.tendon.certify.inject.InjectCommand;
import io.tendon.control.ControlNode;
import io.tendon.deploy.LaunchAll;
import io.tendon.deploy.StatusPanel;
import io.tendon.fusion.FusionNode;
import io.tendon.persistence.PersistenceNode;
import java.util.List;

/** Every command that ships. One that is missing here has no completion, and a test says so. Immutable; any thread. */
public final class CommandCatalog {
    private static final List<ShippedCommand> ALL = List.of(
            ShippedCommand.of(LaunchAll.class, "launch-all.sh"),
            ShippedCommand.of(StatusPanel.class, "status.sh"),
            ShippedCommand.of(InjectCommand.class, "inject.sh"),
            ShippedCommand.of(CertifyCommand.class, "certify.sh"),
            ShippedCommand.of(ControlNode.class),
            ShippedCommand.of(FusionNode.class),
            ShippedCommand.of(PersistenceNode.class),
            ShippedCommand.of(DriverNode.class));

    private CommandCatalog() {}

    /** All commands. */
    public static List<ShippedCommand> all() {
        return ALL;
    }
}
