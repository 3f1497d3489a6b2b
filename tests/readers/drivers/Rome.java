// ROME gives RSS and Atom the same names.
import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEnclosure;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndPerson;
import com.rometools.rome.feed.module.DCModule;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import java.io.File;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class Rome {
    public static void main(String[] paths) throws Exception {
        Map<String, Object> found = new LinkedHashMap<>();
        for (String path : paths) {
            try {
                SyndFeed feed = new SyndFeedInput().build(new XmlReader(new File(path)));
                List<Object> entries = new ArrayList<>();
                for (SyndEntry entry : feed.getEntries()) entries.add(shown(entry, feed));
                found.put(path, entries);
            } catch (FeedException error) {
                found.put(path, error.toString());
            }
        }
        System.out.write((json(found) + "\n").getBytes("UTF-8"));
        System.out.flush();
    }

    static Map<String, Object> shown(SyndEntry entry, SyndFeed feed) {
        Map<String, Object> fields = new LinkedHashMap<>();
        DCModule dublinCore = (DCModule) entry.getModule(DCModule.URI);
        List<String> authors = new ArrayList<>();
        for (SyndPerson person : entry.getAuthors()) authors.add(person.getName());
        if (authors.isEmpty() && dublinCore != null) authors = dublinCore.getCreators();
        List<String> categories = new ArrayList<>();
        for (SyndCategory category : entry.getCategories())
            categories.add(category.getName());
        List<Object> enclosures = new ArrayList<>();
        for (SyndEnclosure file : entry.getEnclosures())
            enclosures.add(List.of(file.getUrl(), file.getType(), file.getLength()));
        SyndContent content = entry.getContents().isEmpty() ? null : entry.getContents().get(0);
        fields.put("id", entry.getUri());
        fields.put("title", entry.getTitle());
        fields.put("link", entry.getLink());
        fields.put("published", time(entry.getPublishedDate()));
        fields.put("updated", time(entry.getUpdatedDate()));
        fields.put("author", authors);
        fields.put("summary", entry.getDescription() == null ? null : entry.getDescription().getValue());
        fields.put("content", content == null ? null : content.getValue());
        fields.put("categories", categories);
        fields.put("enclosures", enclosures);
        fields.put("language", feed.getLanguage());
        return fields;
    }

    static String time(Date date) {
        return date == null ? null : date.toInstant().toString();
    }

    static String json(Object value) {
        if (value == null) return "null";
        if (value instanceof Number) return value.toString();
        List<String> parts = new ArrayList<>();
        if (value instanceof List) {
            for (Object item : (List<?>) value) parts.add(json(item));
            return "[" + String.join(",", parts) + "]";
        }
        if (value instanceof Map) {
            for (Map.Entry<?, ?> item : ((Map<?, ?>) value).entrySet())
                parts.add(json(item.getKey()) + ":" + json(item.getValue()));
            return "{" + String.join(",", parts) + "}";
        }
        StringBuilder text = new StringBuilder("\"");
        for (char letter : value.toString().toCharArray())
            text.append(letter < ' ' || letter == '"' || letter == '\\'
                ? String.format("\\u%04x", (int) letter) : String.valueOf(letter));
        return text.append('"').toString();
    }
}
