using System.Reflection;

namespace Benchmarks.Torch.Layers;

/// <summary>A block of a layer that has several.</summary>
/// <param name="Run">What it makes of what flows into the layer.</param>
/// <param name="Shape">The extents of its output for one sample.</param>
internal sealed record TorchBlock(Func<Tensor, Tensor> Run, long[] Shape)
{
    /// <summary>
    /// The blocks of a layer: branches on the same input, or towers, each of which takes its part of the samples.
    /// </summary>
    /// <param name="attribute">The layer.</param>
    /// <param name="context">The model.</param>
    /// <param name="name">The layer's name.</param>
    public static TorchBlock[] AllOf(LayerAttribute attribute, TorchLayerContext context, string name)
    {
        long[] input = context.Shape;
        long start = 0;
        Type[] types = attribute.GetType().GetGenericArguments();
        var blocks = new TorchBlock[types.Length];
        for (int i = 0; i < types.Length; i++)
        {
            context.Shape = input;
            InputAttribute? own = types[i].GetCustomAttribute<InputAttribute>();
            string scope = own is not null ? $"{TorchLayerContext.BranchName(types, i)}."
                : types.Length == 1 ? $"{name}."
                : $"{name}.{(char)('a' + i)}.";
            TorchChain chain = context.CreateBlock(types[i], scope, attribute);
            if (own is null)
            {
                blocks[i] = new(chain.Forward, context.Shape);
                continue;
            }

            long[] part = [.. own.Dimensions.Select(extent => (long)extent)];
            long from = start, count = part.Aggregate(1L, (product, extent) => product * extent);
            blocks[i] = new(
                samples =>
                {
                    Tensor input = samples.narrow(1, from, count).reshape([samples.shape[0], .. part]);

                    // The padding of the tower that runs last is that of what it gives.
                    context.IsPadding = own.Padding < 0 ? null : input == own.Padding;
                    return chain.Forward(input);
                },
                context.Shape);
            start += count;
        }

        return blocks;
    }
}
