using System.Diagnostics.CodeAnalysis;

namespace ModelDsl.Kernels;

/// <summary>Checks the operands of kernels, so that no arithmetic on shapes can leave their memory.</summary>
internal static class Guard
{
    /// <summary>Checks that <paramref name="operand"/> holds a matrix of rows x columns.</summary>
    /// <exception cref="ArgumentException">A size is negative, or the operand is too short.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Matrix(
        FloatSpan operand, int rows, int columns, [CallerArgumentExpression(nameof(operand))] string name = "")
    {
        if ((rows | columns) < 0 || (long)rows * columns > operand.Length)
        {
            Throw(operand.Length, rows, columns, name);
        }
    }

    /// <inheritdoc cref="Matrix(FloatSpan, int, int, string)"/>
    public static void Matrix(
        NarrowSpan operand, int rows, int columns, [CallerArgumentExpression(nameof(operand))] string name = "")
    {
        if ((rows | columns) < 0 || (long)rows * columns > operand.Length)
        {
            Throw(operand.Length, rows, columns, name);
        }
    }

    /// <summary>Checks that <paramref name="operand"/> holds <paramref name="length"/> values.</summary>
    /// <exception cref="ArgumentException">The length is negative, or the operand is too short.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector(
        FloatSpan operand, int length, [CallerArgumentExpression(nameof(operand))] string name = "") =>
        Matrix(operand, 1, length, name);

    /// <summary>Checks that <paramref name="operand"/> holds <paramref name="count"/> matrices of rows x columns.</summary>
    /// <exception cref="ArgumentException">A size is negative, or the operand is too short.</exception>
    public static void Blocks(
        FloatSpan operand, int count, int rows, int columns, [CallerArgumentExpression(nameof(operand))] string name = "")
    {
        if ((count | rows | columns) < 0 || (Int128)count * rows * columns > operand.Length)
        {
            throw new ArgumentException(Invariant($"expected at least {count}x{rows}x{columns} values, got {operand.Length}"), name);
        }
    }

    /// <summary>
    /// Checks that no product of some of these extents is beyond an int, so that what is made of them is what it seems. No operand
    /// holds more.
    /// </summary>
    /// <param name="first">One of the extents.</param>
    /// <param name="second">One of the extents.</param>
    /// <param name="third">One of the extents.</param>
    /// <param name="fourth">One of the extents.</param>
    /// <param name="factor">How many such things lie side by side; positive.</param>
    /// <exception cref="ArgumentException">A size is negative, or all together are too large.</exception>
    public static void Extents(int first, int second, int third, int fourth = 1, int factor = 1)
    {
        if ((first | second | third | fourth) < 0
            || (Int128)factor * Math.Max(first, 1) * Math.Max(second, 1) * Math.Max(third, 1) * Math.Max(fourth, 1) > int.MaxValue)
        {
            throw new ArgumentException(
                Invariant($"expected sizes of at least 0 whose product is at most {int.MaxValue / factor}, got {first}x{second}x{third}x{fourth}"));
        }
    }

    /// <summary>Checks that two operands are equally long.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SameLength(
        FloatSpan first,
        FloatSpan second,
        [CallerArgumentExpression(nameof(first))] string firstName = "",
        [CallerArgumentExpression(nameof(second))] string secondName = "")
    {
        if (first.Length != second.Length)
        {
            ThrowDifferent(first.Length, second.Length, firstName, secondName);
        }
    }

    /// <summary>Checks that an operand that may be absent is as long as another where it is not.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void SameLengthOrNone(
        FloatSpan first,
        FloatSpan second,
        [CallerArgumentExpression(nameof(first))] string firstName = "",
        [CallerArgumentExpression(nameof(second))] string secondName = "")
    {
        if (!second.IsEmpty)
        {
            SameLength(first, second, firstName, secondName);
        }
    }

    [DoesNotReturn]
    private static void ThrowDifferent(int first, int second, string firstName, string secondName) =>
        throw new ArgumentException($"expected {first} values as in {firstName}, got {second}", secondName);

    [DoesNotReturn]
    private static void Throw(int length, int rows, int columns, string name) =>
        throw new ArgumentException(Invariant($"expected at least {rows}x{columns} values, got {length}"), name);
}
