package io.tendon.bench.store.vector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** Lucene as it comes: one graph over all of them, merged, with as many candidates as ours. */
final class LuceneSearcher implements VectorSearcher {
    private static final int CANDIDATES = 50;
    private static final String VECTOR = "vector";
    private static final String NUMBER = "number";
    private static final double BUFFER_MIB = 64;

    private final Directory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final long builtNs;

    LuceneSearcher(final Path path, final List<float[]> vectors) throws IOException {
        final long beginNs = System.nanoTime();
        directory = FSDirectory.open(path);
        try (IndexWriter writer =
                new IndexWriter(directory, new IndexWriterConfig(null).setRAMBufferSizeMB(BUFFER_MIB))) {
            for (int i = 0; i < vectors.size(); i++) {
                final Document document = new Document();
                document.add(new KnnFloatVectorField(VECTOR, vectors.get(i), VectorSimilarityFunction.DOT_PRODUCT));
                document.add(new NumericDocValuesField(NUMBER, i));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        builtNs = System.nanoTime() - beginNs;
        reader = DirectoryReader.open(directory);
        searcher = new IndexSearcher(reader);
    }

    long builtNs() {
        return builtNs;
    }

    @Override
    public List<Integer> search(final float[] question) throws IOException {
        final ScoreDoc[] found =
                searcher.search(new KnnFloatVectorQuery(VECTOR, question, CANDIDATES), Neighbours.K).scoreDocs;
        final List<Integer> numbers = new ArrayList<>();
        for (final ScoreDoc match : found) {
            final NumericDocValues values = MultiDocValues.getNumericValues(reader, NUMBER);
            values.advanceExact(match.doc);
            numbers.add((int) values.longValue());
        }
        return numbers;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
    }
}
