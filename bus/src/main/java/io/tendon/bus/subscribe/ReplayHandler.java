package io.tendon.bus.subscribe;

/** Receives the messages of one replayed stream, on the thread that polls. */
public interface ReplayHandler extends MessageHandler {
    /** The replay begins, or has jumped (a seek, a loop): what comes next does not follow on what came before. */
    void onJump();
}
