"""`python -m zhenggai`: the same program where its script is not on the path."""

from zhenggai.cli import program

if __name__ == "__main__":
    program()
