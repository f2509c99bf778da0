package anogan.io;

import anogan.UserError;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records to JSON files and back: a field that is empty is absent from the file. A file that lacks any other field or
 * has a wrong value is refused with one sentence.
 */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).addModule(new Jdk8Module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();
    private static final ObjectMapper EXACT = MAPPER.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private Json() {}

    public static void write(Path file, Object value) {
        AtomicFiles.writeString(file, toString(value) + "\n");
    }

    public static String toString(Object value) {
        try {
            return MAPPER.writer(PRETTY).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A tree that was read as part of the record in {@code file}, as the record that it is. */
    public static <T> T convert(@Nullable Object tree, Class<T> type, Path file, String remedy) {
        try {
            return notNull(MAPPER.convertValue(tree, type));
        } catch (IllegalArgumentException e) {
            throw notUnderstood(file, e, remedy);
        }
    }

    /**
     * @throws UserError if the file is missing or does not fit {@code type}; it ends with {@code remedy}, a sentence
     *                   that says what to do then
     */
    public static <T> T read(Path file, Class<T> type, String remedy) {
        return read(MAPPER, file, type, remedy);
    }

    /**
     * Reads a file that people write: a field that {@code type} does not have is a mistake there, and not one of a
     * later version.
     */
    public static <T> T readExactly(Path file, Class<T> type) {
        return read(EXACT, file, type, "Correct it.");
    }

    /** Reads what a file holds, whose content is here already. */
    public static <T> T read(byte[] content, Class<T> type, Path file, String remedy) {
        try {
            return notNull(MAPPER.readValue(content, type));
        } catch (IOException | IllegalArgumentException e) {
            throw notUnderstood(file, e, remedy);
        }
    }

    private static <T> T read(ObjectMapper mapper, Path file, Class<T> type, String remedy) {
        try {
            return notNull(mapper.readValue(Files.readString(file), type));
        } catch (NoSuchFileException e) {
            throw UserError.failure(e, "There is no %s. %s", file, remedy);
        } catch (JsonProcessingException | IllegalArgumentException | CharacterCodingException e) {
            throw notUnderstood(file, e, remedy);
        } catch (IOException e) {
            throw UserError.failure(e, "Cannot read %s: %s. %s", file, ErrorText.of(e), remedy);
        }
    }

    private static UserError notUnderstood(Path file, Throwable e, String remedy) {
        return UserError.failure(e, "%s is not understood: %s. %s", file, reason(e), remedy);
    }

    private static <T> T notNull(T value) {
        if (value == null) throw new IllegalArgumentException("null");
        return value;
    }

    /** What is wrong, in words for whoever wrote the file and not for whoever wrote the program. */
    private static String reason(Throwable e) {
        String reason = "it does not hold what it should";
        for (Throwable t = e; t != null; t = t.getCause()) {
            // a record that refused a value
            if (t instanceof UserError refused) return refused.getMessage().replaceFirst("\\.$", "");
            if (t instanceof UnrecognizedPropertyException u) {
                return "nobody knows its field \"" + u.getPropertyName() + "\"; there are " + u.getKnownPropertyIds()
                        .stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
            }
            if (t instanceof JsonParseException p && p.getOriginalMessage().startsWith("Duplicate field"))
                return "a field stands twice at line " + p.getLocation().getLineNr();
            if (t instanceof JsonParseException p) return "it is no JSON at line " + p.getLocation().getLineNr();
            if (t instanceof JsonMappingException m && !m.getPath().isEmpty()) {
                reason = m.getPath().stream()
                        .map(r -> r.getFieldName() == null ? String.valueOf(r.getIndex()) : r.getFieldName())
                        .collect(Collectors.joining(".")) + " is missing or has a wrong value";
            }
        }
        return reason;
    }
}
