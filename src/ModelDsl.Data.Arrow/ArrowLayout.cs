using System.Buffers.Binary;

namespace ModelDsl.Data;

/// <summary>
/// The messages of an Arrow file or stream. The library trusts the sizes that they give: it allocates what they say,
/// follows fields within fields however deep, and takes the end of a file that is cut off for the end of its rows. So
/// all of them are read and compared with the file first.
/// </summary>
/// <remarks>
/// Reference: <see href="https://arrow.apache.org/docs/format/Columnar.html">Arrow Columnar Format</see>,
/// "Serialization and Interprocess Communication".
/// </remarks>
internal sealed class ArrowLayout
{
    private const int MostNestedFields = 64;
    private const int BlockSize = 24;
    private const int MarkedLength = -1;
    private const byte BytesView = 23;
    private const byte TextView = 24;

    private readonly FileStream _file;

    // How many columns of views a batch has, and the dictionary of a number: the library reads as many counts of
    // buffers, whether they are there or not.
    private readonly Dictionary<long, int> _viewsOfDictionaries = [];
    private int _views;

    private ArrowLayout(FileStream file)
    {
        _file = file;
        Span<byte> start = stackalloc byte[Magic.Length];
        int read = RandomAccess.Read(file.SafeFileHandle, start, 0);
        IsFile = read == start.Length && start.SequenceEqual(Magic);
        if (read >= 4 && start[..4].SequenceEqual("FEA1"u8))
        {
            throw new InvalidDataException("it is a Feather file of version 1, and only version 2 is read");
        }

        BatchCount = IsFile ? CheckFile() : CheckStream();
    }

    // The types of messages that matter.
    private enum Kind : byte
    {
        None = 0,
        Schema = 1,
        DictionaryBatch = 2,
        RecordBatch = 3,
    }

    /// <summary>Whether it is a file, with a list of its batches at the end, and not a stream.</summary>
    public bool IsFile { get; }

    /// <summary>How many record batches there are.</summary>
    public int BatchCount { get; }

    private static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    /// <summary>Reads all that gives a size.</summary>
    /// <exception cref="InvalidDataException">A size does not fit, or the file ends within a message.</exception>
    public static ArrowLayout Check(FileStream file) => new(file);

    private int CheckFile()
    {
        long end = _file.Length - Magic.Length - sizeof(int);
        if (end < Magic.Length)
        {
            throw new InvalidDataException($"it ends after {_file.Length} bytes");
        }

        int length = ReadLength(end);
        if (length <= 0 || length > end)
        {
            throw new InvalidDataException($"the list at its end has {length} of {end} bytes");
        }

        var footer = new FlatBuffer(ReadBytes(end - length, length));
        CheckSchema(footer, footer.ReadTable(footer.Root, 6));
        CheckBlocks(footer, slot: 8, Kind.DictionaryBatch);
        return CheckBlocks(footer, slot: 10, Kind.RecordBatch);
    }

    private int CheckBlocks(FlatBuffer footer, int slot, Kind expected)
    {
        (int place, int count) = footer.ReadVector(footer.Root, slot, BlockSize);
        for (int i = 0; i < count; i++)
        {
            long position = footer.Int64(place + (i * BlockSize));
            if (position < 0 || position >= _file.Length || ReadMessage(position).Kind != expected)
            {
                throw new InvalidDataException($"{expected} {i + 1} is not at {position}");
            }
        }

        return count;
    }

    private int CheckStream()
    {
        int batches = 0;
        (Kind kind, long next) = ReadMessage(position: 0);
        if (kind != Kind.Schema)
        {
            throw new InvalidDataException("it does not begin with the names of columns");
        }

        // A stream may end without its mark.
        while (next < _file.Length && kind != Kind.None)
        {
            long position = next;
            (kind, next) = ReadMessage(position);
            batches += kind == Kind.RecordBatch ? 1 : 0;
        }

        return batches;
    }

    // What a message is, None at the mark of the end, and where the next one begins.
    private (Kind Kind, long Next) ReadMessage(long position)
    {
        int length = ReadLength(position);
        long start = position + sizeof(int);
        if (length == MarkedLength)
        {
            length = ReadLength(start);
            start += sizeof(int);
        }

        if (length == 0)
        {
            return (Kind.None, start);
        }

        if (length < 0 || length > _file.Length - start)
        {
            throw new InvalidDataException($"a message at {position} has {length} bytes of {_file.Length - start}");
        }

        var message = new FlatBuffer(ReadBytes(start, length));
        start += length;
        var kind = (Kind)message.ReadByte(message.Root, 6);
        int header = message.ReadTable(message.Root, 8);
        long body = message.ReadInt64(message.Root, 10);
        long most = kind == Kind.Schema ? 0 : Math.Min(_file.Length - start, Array.MaxLength);
        if (body < 0 || body > most)
        {
            throw new InvalidDataException($"a message at {position} has values of {body} bytes, at most {most} fit");
        }

        if (kind == Kind.Schema)
        {
            CheckSchema(message, header);
        }
        else if (kind is Kind.RecordBatch or Kind.DictionaryBatch)
        {
            bool isRecord = kind == Kind.RecordBatch;
            CheckBatch(
                message,
                isRecord ? header : message.ReadTable(header, 6),
                body,
                isRecord ? _views : _viewsOfDictionaries.GetValueOrDefault(message.ReadInt64(header, 4)));
        }

        return (kind, start + body);
    }

    private static void CheckBatch(FlatBuffer message, int batch, long body, int views)
    {
        const int PairSize = 2 * sizeof(long);
        CheckCount(message.ReadInt64(batch, 4));
        (int place, int count) = message.ReadVector(batch, slot: 6, PairSize);
        for (int i = 0; i < 2 * count; i++)
        {
            CheckCount(message.Int64(place + (i * sizeof(long))));
        }

        (place, int buffers) = message.ReadVector(batch, slot: 8, PairSize);
        for (int i = 0; i < buffers; i++)
        {
            long offset = message.Int64(place + (i * PairSize));
            long length = message.Int64(place + (i * PairSize) + sizeof(long));
            if (offset < 0 || length < 0 || length > body || offset > body - length)
            {
                throw new InvalidDataException($"{length} bytes at {offset} are not within the {body} of a batch");
            }
        }

        (place, count) = message.ReadVector(batch, slot: 12, sizeof(long));
        long parts = 0;
        for (int i = 0; i < count; i++)
        {
            long more = message.Int64(place + (i * sizeof(long)));
            parts += more >= 0 && more <= buffers ? more : buffers + 1;
        }

        if (parts > buffers || (place > 0 && count < views))
        {
            throw new InvalidDataException($"texts have more parts than the {buffers} of their batch");
        }
    }

    private static void CheckCount(long count)
    {
        if (count is < 0 or > int.MaxValue)
        {
            throw new InvalidDataException($"a batch has {count} rows");
        }
    }

    private void CheckSchema(FlatBuffer message, int schema)
    {
        if (message.ReadInt16(schema, 4) != 0)
        {
            throw new InvalidDataException("its numbers begin with their highest byte");
        }

        // What is shared counts again; a hostile file would share what shares.
        long left = 16L * message.Length;
        _views = CheckFields(message, message.ReadVector(schema, slot: 6, sizeof(int)), depth: 1, ref left);
        CheckPairs(message, message.ReadVector(schema, slot: 8, sizeof(int)), ref left);
    }

    // The number of columns of views.
    private int CheckFields(FlatBuffer message, (int Place, int Count) fields, int depth, ref long left)
    {
        if (depth > MostNestedFields)
        {
            throw new InvalidDataException($"columns within columns are more than {MostNestedFields} deep");
        }

        int views = 0;
        for (int i = 0; i < fields.Count; i++)
        {
            int field = message.TableAt(fields.Place + (i * sizeof(int)));
            Spend(sizeof(int) + message.ReadVector(field, slot: 4, elementSize: 1).Count, ref left);
            int more = CheckFields(message, message.ReadVector(field, slot: 14, sizeof(int)), depth + 1, ref left);
            more += message.ReadByte(field, 8) is BytesView or TextView ? 1 : 0;
            CheckPairs(message, message.ReadVector(field, slot: 16, sizeof(int)), ref left);
            int dictionary = message.ReadTable(field, 12);
            if (dictionary == 0)
            {
                views += more;
            }
            else
            {
                long id = message.ReadInt64(dictionary, 4);
                _viewsOfDictionaries[id] = Math.Max(more, _viewsOfDictionaries.GetValueOrDefault(id));
            }
        }

        return views;
    }

    private static void CheckPairs(FlatBuffer message, (int Place, int Count) pairs, ref long left)
    {
        for (int i = 0; i < pairs.Count; i++)
        {
            int pair = message.TableAt(pairs.Place + (i * sizeof(int)));
            int key = message.ReadVector(pair, slot: 4, elementSize: 1).Count;
            Spend(key + message.ReadVector(pair, slot: 6, elementSize: 1).Count, ref left);
        }
    }

    private static void Spend(int bytes, ref long left)
    {
        left -= bytes;
        if (left < 0)
        {
            throw new InvalidDataException("the names of its columns refer to each other");
        }
    }

    private int ReadLength(long position) =>
        BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(position, sizeof(int)));

    private byte[] ReadBytes(long position, int length)
    {
        byte[] bytes = new byte[length];
        _file.Position = position;
        int read = _file.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        return read == length
            ? bytes
            : throw new InvalidDataException($"it ends within a message, after {position + read} bytes");
    }
}
