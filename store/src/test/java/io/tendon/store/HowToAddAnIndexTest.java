package io.tendon.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.JointStateDecoder;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.ArchiveListing;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what docs/how-to-add-an-index.md says: compiles its class, and feeds it from a recording in several lives. */
class HowToAddAnIndexTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/how-to-add-an-index.md");
    private static final int STATES = 900;

    @TempDir
    private Path dir;

    @Test
    void shouldFeedThePagesIndexOverSeveralLives() throws Exception {
        final Path file = dir.resolve("count.properties");
        try (RecordedArchive archive = new RecordedArchive(dir.resolve("recorder"));
                URLClassLoader loader = compile()) {
            archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
            archive.record(StreamCatalog.CONTROL_EVENT.streamId(), StreamCatalog.CONTROL_EVENT.name(), 1);
            final ExclusivePublication states = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
            final ExclusivePublication events = archive.publication(StreamCatalog.CONTROL_EVENT.streamId());
            for (int i = 0; i < STATES; i++) {
                archive.publish(states, TestMessages.jointState(i));
            }
            archive.publish(events, TestMessages.event(0));
            archive.awaitRecorded(states, 1);
            archive.awaitRecorded(events, 1);

            // Dies before it has stored what it was fed.
            try (Indexer indexer = indexer(archive, open(loader, file))) {
                indexer.poll(100);
                indexer.commit();
                indexer.poll(100);
            }
            // One of them the event.
            assertThat(count(open(loader, file), JointStateDecoder.TEMPLATE_ID)).isEqualTo(99);
            try (Indexer indexer = indexer(archive, open(loader, file))) {
                indexer.catchUp(100);
            }
            archive.publish(events, TestMessages.event(1));
            archive.awaitRecorded(events, 1);
            final Index index = open(loader, file);
            try (Indexer indexer = indexer(archive, index)) {
                indexer.catchUp(100);
                assertThat(indexer.indexedMessages()).isEqualTo(1);
            }
            assertThat(count(index, JointStateDecoder.TEMPLATE_ID)).isEqualTo(STATES);
            assertThat(count(index, EventDecoder.TEMPLATE_ID)).isEqualTo(2);
        }
    }

    @Test
    void shouldNamePlacesThatExist() throws Exception {
        final String page = Files.readString(PAGE);
        final Matcher links = Pattern.compile("]\\(\\.\\./([^)]+)\\)").matcher(page);
        int count = 0;
        while (links.find()) {
            assertThat(ROOT.resolve(links.group(1))).exists();
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(4);
        assertThat(page.split("\n\\*\\*[0-9]\\. ", -1)).as("places").hasSize(4);
        assertThat(Files.readString(ROOT.resolve("store/src/main/java/io/tendon/store/SessionStore.java")))
                .contains("openAll(", "openAnew(");
    }

    /** Compiles the page's class. */
    private URLClassLoader compile() throws Exception {
        final Matcher block =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        final Path source = Files.createDirectories(dir.resolve("source")).resolve("CountIndex.java");
        Files.writeString(source, block.group(1));
        final Path classes = Files.createDirectories(dir.resolve("classes"));
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final StringWriter words = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            final boolean isCompiled = compiler.getTask(
                            words,
                            files,
                            null,
                            List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjects(source.toFile()))
                    .call();
            assertThat(isCompiled).as(words.toString()).isTrue();
        }
        return new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
    }

    private static Index open(final ClassLoader loader, final Path file) throws ReflectiveOperationException {
        return (Index) loader.loadClass("io.tendon.store.count.CountIndex")
                .getConstructor(Path.class)
                .newInstance(file);
    }

    private static long count(final Index index, final int templateId) throws ReflectiveOperationException {
        return (long)
                index.getClass().getMethod("count", int.class, String.class).invoke(index, templateId, "CONTROL");
    }

    private static Indexer indexer(final RecordedArchive archive, final Index index) {
        final Indexer indexer = new Indexer(archive.archiveDir(), List.of(index), damage -> {});
        ArchiveListing.of(archive.archiveDir()).recordings().forEach(indexer::update);
        return indexer;
    }
}
