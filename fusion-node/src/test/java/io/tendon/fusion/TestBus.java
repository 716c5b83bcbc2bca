package io.tendon.fusion;

import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/** A real driver, with fusion's and control's connection to it. */
final class TestBus implements AutoCloseable {
    final BusConnection control;
    final BusConnection fusion;
    private final EmbeddedDriver driver;

    TestBus(final Path directory, final ErrorHandler errors) {
        final RuntimeDirectory runtime = new RuntimeDirectory("fusion-test", directory);
        driver = EmbeddedDriver.launch(runtime, errors);
        control = BusConnection.connect(runtime, NodeId.CONTROL, errors, 0);
        fusion = BusConnection.connect(runtime, NodeId.FUSION, errors, 0);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(fusion, control, driver);
    }
}
