using CsCheck;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Parsing.Records;

namespace ModelDsl.Generator.Tests.Parsing;

/// <summary>Blocks with a method are written into their assembly and read from it.</summary>
public sealed class BlockRecordTests
{
    private const string Source =
        """
        namespace Library;

        [Block(Shared = true), LeakyRelu(0.25f), Dropout(0.1f, Name = "quote \" and \n line")]
        public partial class Inner;

        [Block]
        public partial class Outer
        {
            private static Tensor Forward(Tensor image, Tensor scale, [Parameter(3, Initial = 1)] Tensor weight)
            {
                (Tensor left, Tensor right) = image.Conv2D(6, 3, padding: Padding.Same).Split(2, dimension: -1);
                Tensor merged = Tensor.Where(left < right, left, 0.5) * weight;
                return (merged.Block<Inner>() + right.Block<Inner>() * scale).Transpose(2, 0, 1).Reshape(-1);
            }
        }
        """;

    [Fact]
    public void Block_is_read_as_it_was_written()
    {
        BlockDeclaration block = Declared();
        Assert.Equal(2, block.InputCount);
        Assert.Equal(block, BlockRecord.Read(BlockRecord.Write(block)));
    }

    [Fact]
    public void Damaged_record_is_read_as_another_block_or_as_none()
    {
        string record = BlockRecord.Write(Declared());
        Gen.Select(Gen.Int[0, record.Length - 1], Gen.Int[0, 12], Gen.String[0, 4]).Sample(
            (start, length, text) =>
            {
                string damaged = record.Remove(start, Math.Min(length, record.Length - start)).Insert(start, text);
                BlockDeclaration? read = BlockRecord.Read(damaged);
                Assert.True(read is null
                    || read.Layers.All(layer => layer.Sources.All(source => source.Layer < read.Layers.Count)));
            },
            iter: 20_000);
    }

    [Fact]
    public void Cut_record_is_read_as_none()
    {
        string record = BlockRecord.Write(Declared());
        Assert.All(Enumerable.Range(0, record.Length), length => Assert.Null(BlockRecord.Read(record[..length])));
    }

    private static BlockDeclaration Declared()
    {
        INamedTypeSymbol type = TestCompiler.CreateCompilation(Source).GetTypeByMetadataName("Library.Outer")!;
        return new LayerParser(CancellationToken.None).ParseWhole(type)!;
    }
}
