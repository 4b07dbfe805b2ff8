using System.Collections;

namespace ModelDsl.Runtime.Tests.Serialization;

/// <summary>What a reader refuses, the writer refuses before it touches a file.</summary>
public sealed class RefusedTensorsTests : IDisposable
{
    private static readonly float[] One = [1f];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_shape_without_extents_has_one_value()
    {
        AssertRefused("x: expected 1 values for a single number, got 0", [new NamedTensor("x", new Shape(), default)]);
        AssertRefused(
            "x: expected 1 values for a single number, got 2", [new NamedTensor("x", new Shape(), new float[2])]);
        string path = _folder.Combine("scalars");
        SafetensorsFile.Write(path, [new NamedTensor("a", new Shape(), One), new NamedTensor("b", new Shape([]), One)]);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal([1L, 1L], file.Tensors.Select(tensor => tensor.Count));
        Assert.All(file.Tensors, tensor => Assert.Empty(tensor.Dimensions));
    }

    [Fact]
    public void A_null_tensor_is_refused() => AssertRefused("expected tensors, got null at 1", [Named("x"), null!]);

    [Fact]
    public void A_null_name_is_refused() =>
        AssertRefused("expected text as the name of tensor 1, got null", [Named("x"), Named(null!)]);

    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDBFF)]
    [InlineData(0xDC00)]
    [InlineData(0xDFFF)]
    public void A_name_with_half_a_surrogate_pair_is_refused(int half)
    {
        string shown = $"\\u{half:X4}";
        AssertRefused(
            $"expected Unicode text as the name of tensor 0, got half a pair of surrogates in {shown}", [Named($"{(char)half}")]);
        AssertRefused(
            $"expected Unicode text as the name of tensor 0, got half a pair of surrogates in a{shown}b", [Named($"a{(char)half}b")]);
    }

    [Fact]
    public void A_name_that_comes_twice_or_is_reserved_is_refused_and_shown_without_control_characters()
    {
        AssertRefused(
            "expected names that differ from each other and from __metadata__, got \\u001Bx", [Named("\u001bx"), Named("\u001bx")]);
        AssertRefused(
            "expected names that differ from each other and from __metadata__, got __metadata__",
            [Named("__metadata__")]);
    }

    [Fact]
    public void Values_of_another_number_are_refused_before_the_file_is_made() =>
        AssertRefused("y: expected 4 values for 2x2, got 1", [Named("x"), new NamedTensor("y", new Shape(2, 2), One)]);

    [Fact]
    public void Null_metadata_is_refused()
    {
        AssertRefused("expected text as the text of k, got null", [], new Dictionary<string, string> { ["k"] = null! });
        AssertRefused("expected text as a key, got null", [], new Pairs((null!, "v")));
    }

    [Fact]
    public void Metadata_with_half_a_surrogate_pair_is_refused()
    {
        AssertRefused(
            "expected Unicode text as the text of k, got half a pair of surrogates in \\uD800",
            [],
            new Dictionary<string, string> { ["k"] = "\ud800" });
        AssertRefused(
            "expected Unicode text as a key, got half a pair of surrogates in \\uDC00",
            [],
            new Dictionary<string, string> { ["\udc00"] = "v" });
    }

    [Fact]
    public void Metadata_with_a_key_twice_is_refused() =>
        AssertRefused("expected each key once, got k twice", [], new Pairs(("k", "v"), ("a", "b"), ("k", "v")));

    [Fact]
    public void A_header_that_no_reader_takes_is_refused() => AssertRefused(
        "expected names, shapes and metadata that fit a header of 100000000 bytes",
        [],
        new Dictionary<string, string> { ["k"] = new string('x', SafetensorsFile.MaxHeaderBytes) });

    [Fact]
    public void Null_arguments_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => SafetensorsFile.Write(null!, []));
        Assert.Throws<ArgumentNullException>(() => SafetensorsFile.Write(_folder.Combine("a"), null!));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void What_is_accepted_is_read_back_and_the_rest_leaves_no_file() =>
        Gen.Select(
            Gen.Select(Gen.OneOf(Gen.Char.Array[0, 3].Select(text => new string(text)), OneOf("a", "__metadata__", null!)),
                Gen.OneOf(Gen.Const(default(Shape)), Gen.Int[1, 3].Array[0, 3].Select(extents => new Shape(extents))),
                Gen.Int[-1, 1]).Array[0, 4],
            Gen.Select(OneOf("k", "l", "\ud800"), OneOf("v", "\udc00", null!, "")).Array[0, 2]).Sample((drawn, pairs) =>
        {
            NamedTensor[] tensors = [.. drawn.Select(entry => new NamedTensor(
                entry.Item1, entry.Item2, new float[Math.Max(0, Math.Max(1, entry.Item2.Count) + Math.Min(0, entry.Item3))]))];
            var metadata = new Pairs([.. pairs]);
            string path = _folder.Combine("a.safetensors");
            try
            {
                SafetensorsFile.Write(path, tensors, metadata);
            }
            catch (ArgumentException)
            {
                Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
                return;
            }

            using (SafetensorsFile file = SafetensorsFile.Open(path))
            {
                Assert.Equal(tensors.Select(tensor => tensor.Name), file.Tensors.Select(tensor => tensor.Name));
                Assert.All(tensors, tensor => Assert.True(file.Find(tensor.Name)!.HasShape(tensor.Shape)));
                Assert.Equal(metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal), file.Metadata);
            }

            File.Delete(path);
        }, iter: 1000, threads: 1);

    public void Dispose() => _folder.Dispose();

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static NamedTensor Named(string name) => new(name, new Shape(1), One);

    private void AssertRefused(
        string message, NamedTensor[] tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        string path = _folder.Combine("a.safetensors");
        Assert.StartsWith(
            message,
            Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(path, tensors, metadata)).Message,
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    /// <summary>A dictionary that holds what a Dictionary would not.</summary>
    private sealed class Pairs(params (string Key, string Value)[] pairs) : IReadOnlyDictionary<string, string>
    {
        public IEnumerable<string> Keys => pairs.Select(pair => pair.Key);

        public IEnumerable<string> Values => pairs.Select(pair => pair.Value);

        public int Count => pairs.Length;

        public string this[string key] => pairs.First(pair => pair.Key == key).Value;

        public bool ContainsKey(string key) => Keys.Contains(key);

        public bool TryGetValue(string key, out string value)
        {
            value = pairs.FirstOrDefault(pair => pair.Key == key).Value;
            return ContainsKey(key);
        }

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
            pairs.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
