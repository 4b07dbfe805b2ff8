namespace ModelDsl;

// Functions of each element, and of two or three elements with broadcasting.
public sealed partial class Tensor
{
    /// <summary>e to the power of x, element by element.</summary>
    public Tensor Exp() => throw IsOnlyRead();

    /// <summary>The natural logarithm, element by element; NaN below 0.</summary>
    public Tensor Log() => throw IsOnlyRead();

    /// <summary>√x, element by element; NaN below 0.</summary>
    public Tensor Sqrt() => throw IsOnlyRead();

    /// <summary>x², element by element.</summary>
    public Tensor Square() => throw IsOnlyRead();

    /// <summary>|x|, element by element. The derivative at 0 is 0.</summary>
    public Tensor Abs() => throw IsOnlyRead();

    /// <summary>The sine of x in radians, element by element.</summary>
    public Tensor Sin() => throw IsOnlyRead();

    /// <summary>The cosine of x in radians, element by element.</summary>
    public Tensor Cos() => throw IsOnlyRead();

    /// <summary>1 / x, element by element.</summary>
    public Tensor Reciprocal() => throw IsOnlyRead();

    /// <summary>1, -1 or 0 as x is positive, negative or 0. The derivative is 0.</summary>
    public Tensor Sign() => throw IsOnlyRead();

    /// <summary>The larger of two elements, with broadcasting; NaN where one is NaN.</summary>
    /// <param name="other">The other tensor or number.</param>
    public Tensor Maximum(Tensor other) => throw IsOnlyRead();

    /// <summary>The smaller of two elements, with broadcasting; NaN where one is NaN.</summary>
    /// <param name="other">The other tensor or number.</param>
    public Tensor Minimum(Tensor other) => throw IsOnlyRead();

    /// <summary>x to the power of another element, with broadcasting.</summary>
    /// <param name="exponent">The exponents: a tensor or a number.</param>
    public Tensor Power(Tensor exponent) => throw IsOnlyRead();

    /// <summary>
    /// An element of one tensor where the condition is not 0, of the other elsewhere, with broadcasting. The gradient
    /// goes to the one that is chosen.
    /// </summary>
    /// <param name="condition">The condition, such as <c>x &gt; 0</c>.</param>
    /// <param name="whenTrue">What is taken where it is not 0.</param>
    /// <param name="whenFalse">What is taken where it is 0.</param>
    public static Tensor Where(Tensor condition, Tensor whenTrue, Tensor whenFalse) => throw IsOnlyRead();
}
