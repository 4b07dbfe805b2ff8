namespace ModelDsl;

/// <summary>
/// A tensor in the method <c>Forward</c> of a model or block: what flows from layer to layer for one sample. The
/// compiler reads the method and never runs it, so a tensor holds no numbers, and its members do nothing but throw
/// where a program runs them.
/// </summary>
/// <remarks>
/// Dimensions are those of one sample: dimension 0 is its first, and negative numbers count from the last, which is -1.
/// Shapes of operands broadcast as numpy's do: extents must be equal, or one of them is 1 or missing at the front.
/// Where a file also uses <c>System.Numerics.Tensors</c>, add <c>using Tensor = ModelDsl.Tensor;</c>.
/// </remarks>
public sealed partial class Tensor
{
    private Tensor()
    {
    }

    /// <summary>The tensor of one index of the first dimension, which disappears: one step of a sequence.</summary>
    /// <param name="index">The index, from the start or, as in <c>x[^1]</c>, from the end.</param>
    public Tensor this[Index index] => throw IsOnlyRead();

    /// <summary>The part of the first dimension that a range takes: <c>x[1..]</c>.</summary>
    /// <param name="range">The range.</param>
    public Tensor this[Range range] => throw IsOnlyRead();

    /// <summary>A constant, in an operation with a tensor.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator Tensor(double number) => throw IsOnlyRead();

    /// <summary>The sum of two tensors, element by element, with broadcasting.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => throw IsOnlyRead();

    /// <summary>The difference of two tensors, element by element, with broadcasting.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => throw IsOnlyRead();

    /// <summary>The product of two tensors, element by element, with broadcasting.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => throw IsOnlyRead();

    /// <summary>The quotient of two tensors, element by element, with broadcasting.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => throw IsOnlyRead();

    /// <summary>-x, element by element.</summary>
    public static Tensor operator -(Tensor tensor) => throw IsOnlyRead();

    /// <summary>1 where the left element is smaller, 0 elsewhere. It has no gradient.</summary>
    public static Tensor operator <(Tensor left, Tensor right) => throw IsOnlyRead();

    /// <summary>1 where the left element is larger, 0 elsewhere. It has no gradient.</summary>
    public static Tensor operator >(Tensor left, Tensor right) => throw IsOnlyRead();

    /// <summary>1 where the left element is not larger, 0 elsewhere. It has no gradient.</summary>
    public static Tensor operator <=(Tensor left, Tensor right) => throw IsOnlyRead();

    /// <summary>1 where the left element is not smaller, 0 elsewhere. It has no gradient.</summary>
    public static Tensor operator >=(Tensor left, Tensor right) => throw IsOnlyRead();

    /// <summary>
    /// The output of a block, whose parameters are this call's own. A block with several inputs takes the others as
    /// arguments, in the order of its <c>Forward</c>.
    /// </summary>
    /// <param name="others">What flows into the block's second input, its third and so on.</param>
    /// <typeparam name="TBlock">The block.</typeparam>
    public Tensor Block<TBlock>(params Tensor[] others) => throw IsOnlyRead();

    internal static InvalidOperationException IsOnlyRead() => new(
        "A ModelDsl.Tensor is read by the compiler, in the method Forward of a class with [Model] or [Block]. It cannot be "
            + "computed with when the program runs.");
}
