using System.Reflection;

namespace ModelDsl.Tests.Reference.Layers;

/// <summary>A block of a layer that has several.</summary>
/// <param name="Run">What it makes of what flows into the layer, for a batch.</param>
/// <param name="Shape">The extents of its output for one sample.</param>
internal sealed record ReferenceBlock(Func<double[], int, double[]> Run, int[] Shape)
{
    /// <summary>
    /// The blocks of a layer: branches on the same input, or towers, each of which takes its part of the samples.
    /// </summary>
    /// <param name="attribute">The layer.</param>
    /// <param name="context">The model.</param>
    /// <param name="name">The layer's name.</param>
    public static ReferenceBlock[] AllOf(LayerAttribute attribute, ReferenceContext context, string name)
    {
        int[] input = context.Shape;
        int start = 0;
        Type[] types = attribute.GetType().GetGenericArguments();
        var blocks = new ReferenceBlock[types.Length];
        for (int i = 0; i < types.Length; i++)
        {
            context.Shape = input;
            if (types[i].GetCustomAttribute<InputAttribute>() is not { } own)
            {
                string scope = types.Length == 1 ? $"{name}." : $"{name}.{(char)('a' + i)}.";
                blocks[i] = new(context.CreateBlock(types[i], scope), context.Shape);
                continue;
            }

            context.Shape = [.. own.Dimensions];
            (int from, int count, int total) = (start, context.Count, context.Description.InputShape.Count);
            Func<double[], int, double[]> tower = context.CreateBlock(types[i], $"{context.BranchName(types, i)}.");
            blocks[i] = new(
                (samples, batch) => tower(
                    [
                        .. Enumerable.Range(0, batch)
                            .SelectMany(sample => samples.Skip((sample * total) + from).Take(count)),
                    ],
                    batch),
                context.Shape);
            start += count;
        }

        return blocks;
    }
}
