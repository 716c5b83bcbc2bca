package io.tendon.sessionlog.recording;

/** Is told of each change of the disk before it is made. One owner thread. */
@FunctionalInterface
public interface DiskSteps {
    /** Hears nothing. */
    DiskSteps UNHEARD = what -> {};

    /**
     * Something is about to change; what was said before is on the device.
     *
     * @param what for a person.
     */
    void before(String what);
}
