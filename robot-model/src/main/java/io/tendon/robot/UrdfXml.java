package io.tendon.robot;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XML to {@link UrdfElement}s, with a line for each. Document types and external entities are off: nothing but the file
 * itself is read. Prefixes need no declaration, since URDFs in the wild use some without. One file, one thread.
 */
final class UrdfXml {
    private static final int MAX_DEPTH = 64;

    private final String file;
    private final Deque<UrdfElement> open = new ArrayDeque<>();
    private @Nullable UrdfElement root;

    private UrdfXml(final String file) {
        this.file = file;
    }

    /** The root element of a file with such bytes. */
    static UrdfElement parse(final String file, final byte[] bytes) {
        UrdfEncoding.check(file, bytes);
        return new UrdfXml(file).parse(new ByteArrayInputStream(bytes));
    }

    private UrdfElement parse(final InputStream in) {
        final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        int line = 1;
        try {
            final XMLStreamReader reader = factory.createXMLStreamReader(in);
            while (reader.hasNext()) {
                final int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    begin(reader, line);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    open.pop();
                }
                line = reader.getLocation().getLineNumber();
            }
            reader.close();
        } catch (final XMLStreamException e) {
            throw malformed(e, line);
        }
        if (root == null) {
            throw new UrdfException(file, 1, "no XML element: must have a <robot>; give a URDF");
        }
        return root;
    }

    private void begin(final XMLStreamReader reader, final int line) {
        final String tag = reader.getLocalName();
        if (tag.startsWith("xacro:")) {
            throw new UrdfException(
                    file, line, "<" + tag + ">: is xacro, must be plain URDF; expand the file with xacro first");
        }
        if (open.size() >= MAX_DEPTH) {
            throw new UrdfException(
                    file,
                    line,
                    "<" + tag + "> is nested " + open.size() + " deep: must be at most " + MAX_DEPTH + "; give a URDF");
        }
        final Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        final UrdfElement element =
                new UrdfElement(file, line, tag.substring(tag.indexOf(':') + 1), attributes, new ArrayList<>());
        final UrdfElement parent = open.peek();
        if (parent == null) {
            root = element;
        } else {
            parent.children().add(element);
        }
        open.push(element);
    }

    private UrdfException malformed(final XMLStreamException e, final int lastLine) {
        final Location location = e.getLocation();
        final int line = location == null || location.getLineNumber() < 1 ? lastLine : location.getLineNumber();
        final String text = String.valueOf(e.getMessage())
                .lines()
                .reduce((first, second) -> second)
                .orElse("");
        final String reason = text.startsWith("Message: ") ? text.substring("Message: ".length()) : text;
        return new UrdfException(file, line, "malformed XML, " + reason + ": must be well-formed; correct the file");
    }
}
