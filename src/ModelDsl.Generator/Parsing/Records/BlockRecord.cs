namespace ModelDsl.Generator.Parsing.Records;

/// <summary>
/// A block as text, for the assembly that it is compiled into: the body of its method is not in the metadata that other
/// projects see. The blocks inside stand in it too, each once and before those that name it.
/// </summary>
internal static class BlockRecord
{
    // A reader takes its own version only: what follows has no meaning to another.
    private const string Version = "2";

    /// <summary>Writes a block.</summary>
    public static string Write(BlockDeclaration block)
    {
        var numbers = new Dictionary<BlockDeclaration, int>();
        var order = new List<BlockDeclaration>();
        Collect(block);
        var writer = new FieldWriter();
        writer.Write(Version);
        writer.Write(order, part => Write(writer, part, numbers));
        return writer.ToString();

        void Collect(BlockDeclaration part)
        {
            if (numbers.ContainsKey(part))
            {
                return;
            }

            foreach (BlockDeclaration inner in InnerBlocks(part))
            {
                Collect(inner);
            }

            numbers[part] = order.Count;
            order.Add(part);
        }
    }

    /// <summary>Reads a block; null where the text is that of another version, or damaged.</summary>
    public static BlockDeclaration? Read(string text)
    {
        try
        {
            var reader = new FieldReader(text);
            if (reader.Text() != Version)
            {
                return null;
            }

            var blocks = new List<BlockDeclaration>();
            for (int left = reader.Number(); left > 0; left--)
            {
                blocks.Add(Block(reader, blocks));
            }

            return reader.IsAtEnd ? blocks.LastOrDefault() : null;
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static IEnumerable<BlockDeclaration> InnerBlocks(BlockDeclaration block) =>
        block.Layers
            .SelectMany(layer => layer.TypeArguments)
            .Select(argument => argument.Block)
            .OfType<BlockDeclaration>();

    private static void Write(FieldWriter writer, BlockDeclaration block, Dictionary<BlockDeclaration, int> numbers)
    {
        writer.Write(block.Name);
        writer.Write(block.FullName);
        writer.Write(block.IsShared);
        writer.Write(block.IsRecursive);
        writer.Write(block.IsUnreadable);
        writer.Write((int)block.Size);
        writer.Write(block.InputCount);
        writer.Write(block.Result is not null);
        if (block.Result is { } result)
        {
            Write(writer, result);
        }

        writer.Write(block.Layers, layer =>
        {
            writer.Write(layer.AttributeType);
            writer.Write(layer.Text);
            writer.Write(layer.IsWellFormed);
            writer.Write((int)layer.Origin);
            writer.WriteOptional(layer.Local);
            writer.Write(layer.Sources, source => Write(writer, source));
            writer.Write(layer.Arguments, argument =>
            {
                writer.Write(argument.Name);
                writer.WriteScalar(argument.Scalar);
                writer.Write(argument.Elements, writer.Write);
                writer.Write(argument.Numbers, number => writer.WriteScalar(number));
            });
            writer.Write(layer.TypeArguments, argument =>
            {
                writer.Write(argument.FullName);
                writer.Write(argument.Name);
                writer.Write(argument.Block is { } inner ? numbers[inner] : -1);
                writer.Write(argument.IsFileLocal);
                writer.Write(argument.IsLoss);
                writer.Write(argument.Warnings, writer.Write);
            });
        });
    }

    private static void Write(FieldWriter writer, LayerSource source)
    {
        writer.Write(source.Layer);
        writer.Write(source.Output);
    }

    private static BlockDeclaration Block(FieldReader reader, List<BlockDeclaration> known)
    {
        var block = new BlockDeclaration(
            reader.Text(), reader.Text(), [], reader.Flag(), reader.Flag())
        {
            IsUnreadable = reader.Flag(),
            Size = reader.Number(),
            InputCount = reader.Number(),
            Result = reader.Flag() ? Source(reader) : null,
        };
        EquatableArray<LayerDeclaration> layers = reader.List(() => Layer(reader, known));
        bool isInOrder = layers
            .Select((layer, number) => layer.Sources.All(source => source.Layer < number))
            .All(before => before);
        return isInOrder && !(block.Result?.Layer >= layers.Count)
            ? block with { Layers = layers }
            : throw new FormatException("A layer takes what comes after it.");
    }

    private static LayerDeclaration Layer(FieldReader reader, List<BlockDeclaration> known)
    {
        string attributeType = reader.Text();
        string text = reader.Text();
        bool isWellFormed = reader.Flag();
        var origin = (LayerOrigin)reader.Number();
        string? local = reader.Optional();
        EquatableArray<LayerSource> sources = reader.List(() => Source(reader));
        EquatableArray<LayerArgument> arguments = reader.List(() => new LayerArgument(
            reader.Text(),
            reader.Scalar(),
            reader.List(reader.Number),
            reader.List(() => reader.Scalar() as float? ?? throw new FormatException("A number is no float."))));
        EquatableArray<TypeArgument> types = reader.List(() => new TypeArgument(
            reader.Text(),
            reader.Text(),
            Inner(reader.Number()),
            reader.Flag(),
            reader.Flag(),
            reader.List(reader.Text)));
        return new LayerDeclaration(attributeType, text, arguments, types, isWellFormed)
        {
            Sources = sources,
            Origin = origin,
            Local = local,
        };

        BlockDeclaration? Inner(int number) => number switch
        {
            -1 => null,
            >= 0 when number < known.Count => known[number],
            _ => throw new FormatException("A layer names a block that comes after it."),
        };
    }

    private static LayerSource Source(FieldReader reader) => new(reader.Number(), reader.Number());
}
