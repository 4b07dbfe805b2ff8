namespace ModelDsl;

/// <summary>
/// Several tensors in order, as the parts that <see cref="Tensor.Split"/> gives, in a forward method.
/// </summary>
public sealed class TensorList
{
    private TensorList()
    {
    }

    /// <summary>The number of tensors.</summary>
    public int Count => throw Tensor.IsOnlyRead();

    /// <summary>One of the tensors.</summary>
    /// <param name="index">Its number, from 0.</param>
    public Tensor this[int index] => throw Tensor.IsOnlyRead();

    /// <summary>Gives two tensors their names; there must be as many.</summary>
    public void Deconstruct(out Tensor first, out Tensor second) => throw Tensor.IsOnlyRead();

    /// <summary>Gives three tensors their names; there must be as many.</summary>
    public void Deconstruct(out Tensor first, out Tensor second, out Tensor third) => throw Tensor.IsOnlyRead();

    /// <summary>Gives four tensors their names; there must be as many.</summary>
    public void Deconstruct(out Tensor first, out Tensor second, out Tensor third, out Tensor fourth) =>
        throw Tensor.IsOnlyRead();

    /// <summary>Gives the tensors to a loop.</summary>
    public IEnumerator<Tensor> GetEnumerator() => throw Tensor.IsOnlyRead();
}
