using Benchmarks.ScaleBench.Families;

namespace Benchmarks.ScaleBench.Workers;

/// <summary>The sides by their names.</summary>
internal static class Side
{
    public const string Ours = "ModelDsl";
    public const string Torch = "libtorch";

    /// <summary>
    /// So small that the weights stay where they begin, however many steps a second allows: the gradients are the same
    /// in each step, and none vanishes.
    /// </summary>
    public const float LearningRate = 1e-8f;

    /// <summary>Makes a side with its model.</summary>
    public static ISide Create(string side, Family family, int size, Type model)
    {
        if (side == Ours)
        {
            return (ISide)Activator.CreateInstance(typeof(OurSide<>).MakeGenericType(model), family, size)!;
        }

        var architecture = (ModelDescription)model.GetProperty(nameof(IModel<>.Architecture))!.GetValue(null)!;
        return new TorchSide(family, size, model, architecture);
    }
}
