import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the source of the one class that Chronicle Map would otherwise generate and compile with javac in each process
 * that opens a map. Found on the class path it is taken as it is: opening is faster and takes less memory. A JDK has to be
 * there all the same, since Chronicle Map looks for its compiler before it looks for the class.
 */
class GenerateMapClass {
    private static final String INTERFACE = "net.openhft.chronicle.hash.VanillaGlobalMutableState";

    public static void main(final String[] args) throws Exception {
        final Class<?> type = Class.forName(INTERFACE);
        final Class<?> modelClass = Class.forName("net.openhft.chronicle.values.ValueModel");
        final Object model = modelClass.getMethod("acquire", Class.class).invoke(null, type);
        final Method generate = Class.forName("net.openhft.chronicle.values.Generators")
                .getDeclaredMethod("generateNativeClass", modelClass, String.class);
        generate.setAccessible(true);
        final String name = type.getSimpleName() + "$$Native";
        final String source = ((String) generate.invoke(null, model, name))
                .replace("public class ", "@SuppressWarnings({\"rawtypes\", \"unchecked\", \"deprecation\"})\npublic class ");
        final Path file = Path.of(args[0], type.getPackageName().replace('.', '/'), name + ".java");
        Files.createDirectories(file.getParent());
        // Untouched when it is the same: nothing is compiled anew then.
        if (!Files.exists(file) || !Files.readString(file).equals(source)) {
            Files.writeString(file, source);
        }
    }
}
