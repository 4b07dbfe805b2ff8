using System.Text;

namespace ModelDsl.Runtime.Tests.Serialization;

/// <summary>Files that nobody should trust: each is refused by an InvalidDataException of one sentence.</summary>
public sealed class HostileSafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private const string Header =
        """
        {"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},
         "b":{"dtype":"F16","shape":[2],"data_offsets":[8,12]}}
        """;

    private static readonly byte[] Valid = SafetensorsBytes.Create(
        Header, [.. Enumerable.Range(1, 12).Select(i => (byte)i)]);

    [Fact]
    public void A_file_cut_off_at_any_byte_is_refused()
    {
        for (int length = 0; length < Valid.Length; length++)
        {
            Assert.NotNull(TryRead(Valid[..length]));
        }

        Assert.Null(TryRead(Valid));
    }

    [Fact]
    public void A_file_with_any_bit_flipped_is_refused_or_read()
    {
        byte[] damaged = (byte[])Valid.Clone();
        for (int bit = 0; bit < 8 * Valid.Length; bit++)
        {
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            TryRead(damaged);
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_file_with_bytes_replaced_removed_or_inserted_is_refused_or_read() =>
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Int[0, 10], Gen.Byte.Array[0, 10]).Array[1, 3].Sample(edits =>
        {
            byte[] damaged = Valid;
            foreach ((int start, int removed, byte[] inserted) in edits)
            {
                int from = Math.Min(start, damaged.Length);
                int to = Math.Min(from + removed, damaged.Length);
                damaged = [.. damaged[..from], .. inserted, .. damaged[to..]];
            }

            TryRead(damaged);
        }, iter: 1000);

    [Fact]
    public void Any_bytes_as_header_are_refused_or_read() =>
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Byte.Array[0, 8]).Sample((header, data) =>
        {
            TryRead(SafetensorsBytes.Create([(byte)'{', .. header], data));
        }, iter: 1000);

    [Theory]
    [InlineData("[]", "expected a header that begins with {")]
    [InlineData(" {}", "expected a header that begins with {")]
    [InlineData("{", "expected a header of valid JSON")]
    [InlineData("{} x", "expected a header of valid JSON")]
    [InlineData("""{"x":1}""", "x: expected an object of dtype, shape and data_offsets")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1]}}""", "x: expected an object of dtype, shape and data_offsets")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""", "x: expected an object of dtype")]
    [InlineData("""{"x":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "x: expected an object of dtype")]
    [InlineData("""{"x":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}""", "x: expected a known element type, got F99")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "x: expected shape as a list of integers")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "x: expected shape as a list of integers")]
    [InlineData("""{"x":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", "x: expected shape as a list of integers")]
    [InlineData("""{"x":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", "x: expected shape as a list of integers")]
    [InlineData(
        """{"x":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", "x: expected shape as a list of integers")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", "x: expected data_offsets of a beginning and an end")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "x: expected data_offsets of a beginning and an end")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4]}}""", "x: expected data_offsets of a beginning and an end")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "x: expected 8 bytes for 2 of F32, got 4")]
    [InlineData(
        """{"x":{"dtype":"F32","shape":[4294967296,4294967296,4294967296,4294967296,4],"data_offsets":[0,4]}}""",
        "x: expected 73786976294838206464 bytes for 4294967296x4294967296x4294967296x4294967296x4 of F32, got 4")]
    [InlineData(
        """{"a":{"dtype":"I16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"I8","shape":[1],"data_offsets":[3,4]}}""",
        "b: expected data from byte 2 on, got 3: data may neither overlap nor leave holes")]
    [InlineData(
        """{"a":{"dtype":"I8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"I16","shape":[1],"data_offsets":[2,4]}}""",
        "b: expected data from byte 3 on, got 2: data may neither overlap nor leave holes")]
    [InlineData("""{"a":{"dtype":"I8","shape":[3],"data_offsets":[0,3]}}""", "expected 3 bytes of data as its header says, got 4")]
    [InlineData("""{"a":{"dtype":"I8","shape":[3],"data_offsets":[1,4]}}""", "a: expected data from byte 0 on, got 1")]
    [InlineData("{}", "expected 0 bytes of data as its header says, got 4")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        "expected each name once, got a twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", "__metadata__: expected an object of text")]
    [InlineData("""{"__metadata__":{"a":"b","a":"c"}}""", "expected each name once, got a twice")]
    [InlineData("""{"__metadata__":[]}""", "__metadata__: expected an object of text")]
    public void A_header_that_breaks_a_rule_is_refused_with_the_rule(string header, string message) =>
        Assert.StartsWith(message, TryRead(SafetensorsBytes.Create(header, 0, 0, 0, 0)), StringComparison.Ordinal);

    [Fact]
    public void Text_that_is_not_unicode_is_refused()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""");
        header[2] = 0xFF;
        Assert.StartsWith(
            "expected a header of valid JSON", TryRead(SafetensorsBytes.Create(header, new byte[4])), StringComparison.Ordinal);
        const string Surrogate = """{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";
        Assert.StartsWith(
            "expected a header of valid JSON", TryRead(SafetensorsBytes.Create(Surrogate, 0, 0, 0, 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deeply_nested_header_is_refused()
    {
        string header = $$"""{"x":{{new string('[', 100_000)}}""";
        Assert.NotNull(TryRead(SafetensorsBytes.Create(header, 0)));
    }

    [Theory]
    [InlineData(0x7FFF_FFFF_FFFF_FFFFL)]
    [InlineData(-1L)]
    [InlineData(0x7FFF_FFFFL)]
    [InlineData(90_000_000L)]
    public void A_header_length_beyond_the_file_takes_no_memory(long length)
    {
        byte[] file = [.. BitConverter.GetBytes(length), .. "{}"u8];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("announce a header of", TryRead(file), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_long_name_does_not_fill_the_message()
    {
        string name = new('x', 100_000);
        string message = TryRead(SafetensorsBytes.Create($$"""{"{{name}}":1}"""))!;
        Assert.InRange(message.Length, 100, 300);
    }

    [Theory]
    [InlineData("""{"\u001b[31m":1}""", @"\u001B[31m: expected an object")]
    [InlineData("""{"\u202egnp":1}""", @"\u202Egnp: expected an object")]
    [InlineData("""{"x":{"dtype":"\u001b]0;\u0007","shape":[1]}}""", @"x: expected a known element type, got \u001B]0;\u0007")]
    [InlineData("""{"x":{"\u009b":1}}""", @"x: expected an object of dtype, shape and data_offsets, got \u009B")]
    [InlineData("""{"__metadata__":{"\n":"b","\n":"c"}}""", @"expected each name once, got \n twice")]
    [InlineData("""{"\r":{"dtype":"I8","shape":[3],"data_offsets":[1,4]}}""", @"\r: expected data from byte 0 on, got 1")]
    public void Text_of_a_file_is_shown_without_control_characters(string header, string message) =>
        Assert.StartsWith(message, TryRead(SafetensorsBytes.Create(header, 0, 0, 0, 0)), StringComparison.Ordinal);

    [Fact]
    public void A_tensors_name_is_shown_without_control_characters_wherever_it_is_read()
    {
        const string Header = """{"\u001bx":{"dtype":"I8","shape":[4],"data_offsets":[0,4]}}""";
        string path = _folder.Write("\u001bfile", SafetensorsBytes.Create(Header, 0, 0, 0, 0));
        using SafetensorsFile file = SafetensorsFile.Open(path);
        string shownPath = path.Replace("\u001b", "\\u001B", StringComparison.Ordinal);
        SafetensorsTensor tensor = file.Tensors[0];
        Assert.Equal(
            $"{shownPath}: \\u001Bx: expected F32, F64, F16 or BF16, got I8",
            Assert.Throws<InvalidDataException>(() => file.Read(tensor, new float[4])).Message);
        Assert.StartsWith(
            "\\u001Bx: expected room for 4 values, got 3",
            Assert.Throws<ArgumentException>(() => file.Read(tensor, new float[3])).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            $"expected a tensor of {shownPath}, got \\u001Bx of another file",
            Assert.Throws<ArgumentException>(() => file.Read(tensor with { Offset = 8 }, new float[4])).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Reads all of a file. Null where it can be read, else the message without the path; throws whatever else.
    /// </summary>
    private string? TryRead(byte[] content)
    {
        string path = _folder.Write(Path.GetRandomFileName(), content);
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            foreach (SafetensorsTensor tensor in file.Tensors)
            {
                file.Read(tensor, new float[tensor.Count]);
            }

            return null;
        }
        catch (InvalidDataException exception)
        {
            Assert.StartsWith($"{path}: ", exception.Message, StringComparison.Ordinal);
            return exception.Message[(path.Length + 2)..];
        }
    }
}
